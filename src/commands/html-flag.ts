/** A page beside what is printed. */
export const HTML_FLAG = { flags: '--html [file]', help: 'Write one self-contained page, too (default: beside the result).' };
