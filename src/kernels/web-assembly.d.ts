/** The part of WebAssembly that this room uses: Node has it, but its types come with those of browsers only. */
declare namespace WebAssembly {
  class CompileError extends Error {}

  class Module {
    constructor(bytes: Uint8Array);
  }

  class Instance {
    constructor(module: Module);
    readonly exports: object;
  }

  interface Memory {
    readonly buffer: ArrayBuffer;
    /** @throws RangeError when there is no more to have; the buffer from before is empty afterwards */
    grow(pages: number): number;
  }
}
