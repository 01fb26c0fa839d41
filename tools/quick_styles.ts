/** Takes selectors out of the built styles that would cost the style of a whole page for each element that comes. */

const WRAPPER = /\.[\w-]+:has\(>\s*\w+\[disabled\]\)\s*,\s*/g;

interface Rule {
  selector: string;
}

/** daisyUI greys placeholders and file buttons of disabled fields also through the field's wrapper. `:has()` of more
 * than the element itself (`::placeholder` is one) makes Chromium look at every ancestor of whatever is inserted: 20 ms
 * for each row of the grid. The field's own `:disabled` says the same. */
export function quickStyles(): { postcssPlugin: string; Rule: (rule: Rule) => void } {
  return {
    postcssPlugin: "quick-styles",
    Rule(rule) {
      const kept = withoutWrappers(rule.selector);
      if (kept !== rule.selector) rule.selector = kept;
    },
  };
}

export function withoutWrappers(selector: string): string {
  return selector.includes("::") ? selector.replace(WRAPPER, "") : selector;
}
