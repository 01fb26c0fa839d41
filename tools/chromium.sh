#!/bin/sh
# The browser tests need Chromium: install it if it is missing and we may; else those tests fail and say so.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if command -v apt-get >/dev/null; then
  if [ "$(id -u)" = 0 ]; then may=""; elif sudo -n true 2>/dev/null; then may="sudo"; else may="no"; fi
  if [ "$may" != no ]; then
    $may apt-get update -q && $may env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium && exit 0
  fi
fi
echo "Chromium is missing and could not be installed, so the browser tests will fail: apt-get install chromium"
