import { describe, expect, it } from "vitest";
import { bytes, packed, text, unpacked } from "./passkey";

const buffer = (...numbers: number[]): ArrayBuffer => Uint8Array.from(numbers).buffer;
const numbers = (from: unknown): number[] => [...new Uint8Array(from as ArrayBuffer)];

describe("bytes in base64url", () => {
  it("go there and back, with the letters that plain base64 has not", () => {
    expect(text(buffer(251, 255, 254))).toBe("-__-");
    expect(numbers(bytes("-__-"))).toEqual([251, 255, 254]);
  });

  it("have no padding", () => {
    expect(text(buffer(1))).toBe("AQ");
    expect(numbers(bytes("AQ"))).toEqual([1]);
  });
});

describe("options", () => {
  it("become buffers where browsers want them, and stay as they are elsewhere", () => {
    const options = unpacked({
      challenge: "AQ", rpId: "localhost", user: { id: "Ag", name: "pat" }, excludeCredentials: [{ id: "Aw", type: "public-key" }],
    });
    expect(numbers(options.challenge)).toEqual([1]);
    expect(options.rpId).toBe("localhost");
    expect(numbers((options.user as { id: unknown }).id)).toEqual([2]);
    expect((options.excludeCredentials as { id: unknown }[]).map((one) => numbers(one.id))).toEqual([[3]]);
    expect("allowCredentials" in options).toBe(false);
  });
});

describe("an answer", () => {
  it("is what the passkey gave, and nothing that it did not", () => {
    const credential = {
      id: "AQ", rawId: buffer(1), type: "public-key",
      response: { clientDataJSON: buffer(2), signature: buffer(3), authenticatorData: buffer(4), userHandle: null },
      getClientExtensionResults: () => ({ credProps: { rk: true } }),
    } as unknown as PublicKeyCredential;
    expect(packed(credential)).toEqual({
      id: "AQ", rawId: "AQ", type: "public-key",
      response: { clientDataJSON: "Ag", authenticatorData: "BA", signature: "Aw" },
      clientExtensionResults: { credProps: { rk: true } },
    });
  });
});
