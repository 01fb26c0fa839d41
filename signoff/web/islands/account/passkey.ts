/** Asks the browser for a passkey and sends its answer with the form it stands in. A page without scripts has no button.
 *
 * The server's options are JSON with bytes in base64url; browsers want buffers, and give buffers back.
 */
import { basePath } from "../api";

type Json = Record<string, unknown>;

interface Props {
  /** `create` makes a new passkey, `get` asks those that are there. */
  kind: "create" | "get";
  /** What to ask with, or where to ask for it when the button is pressed. */
  options?: { publicKey: Json };
  address?: string;
}

export function mount(root: HTMLElement, props: Props): void {
  const form = root.querySelector<HTMLFormElement>("form");
  const button = root.querySelector<HTMLButtonElement>("[data-passkey]");
  const field = form?.elements.namedItem("credential") as HTMLInputElement | null | undefined;
  if (!form || !button || !field) return;
  if (!window.PublicKeyCredential) return cannot(root);
  button.hidden = false;
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    void ask(root, form, field, button, props);
  });
}

async function ask(
  root: HTMLElement, form: HTMLFormElement, field: HTMLInputElement, button: HTMLButtonElement, props: Props,
): Promise<void> {
  say(root, "");
  button.disabled = true;
  try {
    field.value = JSON.stringify(await answer(props));
    form.submit();
  } catch (error) {
    say(root, wordsFor(error));
    button.disabled = false;
  }
}

async function answer(props: Props): Promise<Json> {
  const { publicKey } = props.options ?? (await fetchOptions(props.address ?? ""));
  const options = unpacked(publicKey);
  const credential =
    props.kind === "create"
      ? await navigator.credentials.create({ publicKey: options as unknown as PublicKeyCredentialCreationOptions })
      : await navigator.credentials.get({ publicKey: options as unknown as PublicKeyCredentialRequestOptions });
  return packed(credential as PublicKeyCredential);
}

async function fetchOptions(address: string): Promise<{ publicKey: Json }> {
  const path = address.startsWith(basePath()) ? address : basePath() + address;
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as { publicKey: Json };
}

/** The challenge and all ids as buffers. */
export function unpacked(options: Json): Json {
  const ids = (list: unknown): unknown =>
    Array.isArray(list) ? list.map((one: Json) => ({ ...one, id: bytes(one.id as string) })) : list;
  const user = options.user as Json | undefined;
  return {
    ...options,
    challenge: bytes(options.challenge as string),
    ...(user && { user: { ...user, id: bytes(user.id as string) } }),
    ...(options.allowCredentials !== undefined && { allowCredentials: ids(options.allowCredentials) }),
    ...(options.excludeCredentials !== undefined && { excludeCredentials: ids(options.excludeCredentials) }),
  };
}

/** What the server reads: every buffer of the answer in base64url. */
export function packed(credential: PublicKeyCredential): Json {
  const { response } = credential;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const;
  const parts = names
    .map((name) => [name, (response as unknown as Record<string, ArrayBuffer | null | undefined>)[name]] as const)
    .filter(([, buffer]) => buffer)
    .map(([name, buffer]) => [name, text(buffer as ArrayBuffer)]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(parts) as Json,
    clientExtensionResults: credential.getClientExtensionResults() as Json,
  };
}

export function bytes(base64url: string): ArrayBuffer {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

export function text(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function wordsFor(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError") return "This device has a passkey for this account already.";
  if (name === "NotAllowedError") return "No passkey was given. Try again when you are ready.";
  if (name === "SecurityError") return "Passkeys need HTTPS and the name of a site; an address of numbers will not do.";
  return "The passkey could not be asked. Reload the page and try again.";
}

function say(root: HTMLElement, words: string): void {
  const line = root.querySelector<HTMLElement>("[data-trouble]");
  if (!line) return;
  line.hidden = !words;
  line.lastElementChild!.textContent = words;
}

function cannot(root: HTMLElement): void {
  const words = root.querySelector<HTMLElement>("[data-unable]");
  if (words) words.hidden = false;
  const or = root.parentElement?.querySelector<HTMLElement>("[data-or]");
  if (or) or.hidden = true;
}
