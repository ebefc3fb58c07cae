// TOML, as a corrections file is written.
const Toml = (function () {
  const SHORT = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
  const code = (point, digits) => point.toString(16).toUpperCase().padStart(digits, "0");

  // One character of a basic string: escaped where it is not printed as itself. Half a pair of surrogates is no text.
  function character(one) {
    const point = one.codePointAt(0);
    if (SHORT[one]) {
      return SHORT[one];
    }
    if (point >= 0xd800 && point <= 0xdfff) {
      return "\\uFFFD";
    }
    return !UNSEEN.test(one) ? one : point > 0xffff ? "\\U" + code(point, 8) : "\\u" + code(point, 4);
  }

  const string = (text) => '"' + Array.from(text, character).join("") + '"';
  const named = (key) => /^[A-Za-z0-9_-]+$/.test(key) ? key : string(key);

  function valued(key, value) {
    if (typeof value === "string") {
      return key === "date" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : string(value);
    }
    if (Array.isArray(value)) {
      return "[" + value.map((one) => valued("", one)).join(", ") + "]";
    }
    if (value !== null && typeof value === "object") {
      return "{ " + Object.entries(value).map(([name, one]) => named(name) + " = " + valued(name, one)).join(", ") + " }";
    }
    return String(value);
  }

  // A table under its head, such as `[[value]]`.
  const table = (head, entry) =>
    head + "\n" + Object.entries(entry).map(([key, value]) => named(key) + " = " + valued(key, value) + "\n").join("");

  return { table };
})();
