import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";
import { iconSprite } from "./tools/icons.ts";
import { quickStyles } from "./tools/quick_styles.ts";

const web = resolve(import.meta.dirname, "signoff/web");

export default defineConfig({
  plugins: [
    tailwindcss(),
    iconSprite({
      sources: web,
      glyphs: resolve(web, "glyphs.svg"),
      set: resolve(import.meta.dirname, "node_modules/lucide-static/icons"),
    }),
  ],
  css: { postcss: { plugins: [quickStyles()] } },
  base: "./", // chunks find each other from any path prefix
  publicDir: resolve(web, "artwork"),
  build: {
    outDir: resolve(web, "static"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false }, // it would be an inline script
    rollupOptions: {
      input: {
        main: resolve(web, "islands/main.ts"),
        theme: resolve(web, "islands/theme.ts"),
        app: resolve(web, "styles/app.css"),
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["signoff/web/islands/**/*.test.ts", "tools/**/*.test.ts"],
  },
});
