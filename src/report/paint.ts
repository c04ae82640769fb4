import picocolors from 'picocolors';

/** The few ways in which the report marks text. Each adds no visible column and is the identity without colour. */
export interface Paint {
  heading(text: string): string;
  /** For the one line that must not be overlooked. */
  alarm(text: string): string;
  /** For what is bad whatever its sign is written like. */
  bad(text: string): string;
  /** Green above zero, red below; as it is for zero and for what is not known. */
  bySign(value: number | null, text: string): string;
}

export function paintWith(color: boolean): Paint {
  const { bold, green, red, yellow } = picocolors.createColors(color);
  return {
    heading: (text) => bold(text),
    alarm: (text) => bold(yellow(text)),
    bad: (text) => red(text),
    bySign: (value, text) => {
      if (value === null || !Number.isFinite(value) || value === 0) return text;
      return value > 0 ? green(text) : red(text);
    },
  };
}
