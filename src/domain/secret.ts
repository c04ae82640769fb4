const HIDDEN = '[redacted]';

/**
 * A text that nothing prints: logging, JSON, string templates, `util.inspect` with any options and a debugger's property list show
 * `[redacted]`. The text itself is in a private field of the language, which no serialiser reaches; `reveal()` is the one way to it.
 */
export class Secret {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(text: string): Secret {
    return new Secret(text);
  }

  /** The text, for the one place that signs with it. Do not keep what this returns. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  valueOf(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  /** What `util.inspect` and `console.log` print; the symbol is registered under this name for code that cannot import node:util. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN;
  }
}
