import { createRequire } from 'node:module';

import type * as TypeScript from 'typescript';

/** A module's body: fills `exports`, and gets what it imports from `load`. */
export type ModuleBody = (exports: object, load: (wanted: string) => object, module: object) => void;

/** Marks of the newer kind of module, of types and of decorators: the engine alone does not run them in this form. */
const PLAIN_SCRIPT = /^\s*["']use strict["'];?\s/;

/**
 * TypeScript or JavaScript as a function. What `tsc` has compiled to CommonJS is run as it stands; everything else is translated first,
 * which takes the TypeScript compiler and about a third of a second.
 *
 * @param path for messages and stacks
 * @throws SyntaxError
 */
export function compileModule(text: string, path: string): ModuleBody {
  const isCompiled = /\.c?js$/.test(path) && PLAIN_SCRIPT.test(text);
  const code = isCompiled ? text : translate(text, path);
  // On one line with the first of the module, so that the lines of a stack are those of the file.
  // oxlint-disable-next-line no-eval -- running the user's own code is what this is for
  return (0, eval)(`(function (exports, require, module) {${code}\n})\n//# sourceURL=${encodeURI(path)}`) as ModuleBody;
}

function translate(text: string, path: string): string {
  const ts = compiler(path);
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    // By its name alone a .mjs would be left as it is.
    fileName: path.replace(/\.mjs$/, '.js'),
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      esModuleInterop: true,
      allowJs: true,
      inlineSourceMap: true,
    },
  });
  const [first] = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (first !== undefined) {
    const line = first.file === undefined || first.start === undefined ? '' : `line ${first.file.getLineAndCharacterOfPosition(first.start).line + 1}: `;
    throw new SyntaxError(`${line}${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
  }
  // Stacks then name the lines that the user wrote.
  process.setSourceMapsEnabled(true);
  return outputText;
}

function compiler(path: string): typeof TypeScript {
  try {
    return createRequire(import.meta.url)('typescript') as typeof TypeScript;
  } catch (error) {
    throw new Error(`the TypeScript compiler is not installed (npm install typescript), or compile it beforehand to CommonJS: npx tsc --module commonjs --target es2022 --experimentalDecorators ${path}`, { cause: error });
  }
}
