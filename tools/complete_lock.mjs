// Adds to package-lock.json the builds of @tailwindcss/oxide that a registry mirror did not list, so that
// `npm ci` accepts the lock on every platform. Run by `npm run lock` after npm wrote it.
import { readFileSync, writeFileSync } from "node:fs";

const parent = "node_modules/@tailwindcss/oxide";
const systems = { android: "android", darwin: "darwin", freebsd: "freebsd", linux: "linux", win32: "win32" };
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));

function entry(name, version) {
  const [system, cpu] = name.replace("@tailwindcss/oxide-", "").split("-");
  const where = system === "wasm32" ? { cpu: ["wasm32"] } : { cpu: [cpu], os: [systems[system]] };
  return { version, ...where, dev: true, license: "MIT", optional: true, engines: { node: ">= 20" } };
}

for (const [name, version] of Object.entries(lock.packages[parent].optionalDependencies))
  lock.packages[`node_modules/${name}`] ??= entry(name, version);
for (const one of Object.values(lock.packages)) delete one.resolved;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
