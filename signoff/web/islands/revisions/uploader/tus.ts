/** Bytes to a storage that takes pieces, by the tus protocol. Its library is loaded when the first file goes. */
import type { DetailedError, HttpRequest, HttpResponse, HttpStack, Upload as TusUpload } from "tus-js-client";
import { ApiError } from "../../api";
import type { Upload } from "./item";
import type { Sending } from "./queue";

type Tus = typeof import("tus-js-client");

/** Sends what is missing. `isFresh`: announced just now, so nobody need ask how far it came. */
export function sendByTus(file: File, upload: Upload, hear: (sent: number) => void, isFresh: boolean): Sending {
  let isStopped = false;
  let going: TusUpload | null = null;
  const send = (tus: Tus): Promise<void> =>
    new Promise((resolve, reject) => {
      if (isStopped) return;
      going = new tus.Upload(file, {
        uploadUrl: upload.address,
        retryDelays: null, // the queue tries again, and knows of the network
        storeFingerprintForResuming: false,
        httpStack: isFresh ? new Knowing(new tus.DefaultHttpStack({}), upload) : new tus.DefaultHttpStack({}),
        onProgress: (sent) => hear(sent),
        onSuccess: () => resolve(),
        onError: (error) => reject(refusal(error)),
      });
      going.start();
    });
  const stop = (): void => {
    isStopped = true;
    void going?.abort();
  };
  return { done: import("tus-js-client").then(send, unloaded), stop };
}

/** A stack that answers the first question, how far the file came, by what it knows. */
class Knowing implements HttpStack {
  private isAsked = false;

  constructor(private readonly real: HttpStack, private readonly upload: Upload) {}

  createRequest(method: string, url: string): HttpRequest {
    const request = this.real.createRequest(method, url);
    if (method !== "HEAD" || this.isAsked) return request;
    this.isAsked = true;
    request.send = () => Promise.resolve(known(this.upload));
    return request;
  }

  getName(): string {
    return "Knowing";
  }
}

function known(upload: Upload): HttpResponse {
  const headers: Record<string, string> = { "upload-offset": String(upload.received), "upload-length": String(upload.size) };
  return { getStatus: () => 200, getHeader: (name) => headers[name.toLowerCase()], getBody: () => "", getUnderlyingObject: () => null };
}

function refusal(error: Error | DetailedError): ApiError | Error {
  if (!("originalRequest" in error)) return error; // the file could not be read
  const answer = error.originalResponse;
  const status = answer?.getStatus() ?? 0;
  return new ApiError(status, "bytes", answer?.getBody().trim() || "The server refused this file.");
}

function unloaded(): never {
  throw new ApiError(0, "offline", "");
}
