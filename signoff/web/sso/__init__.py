"""Single sign-on: out to a provider of OpenID Connect, back with a person, or with a page that says why not."""
