/** `fastWindow` → `fast_window`: code speaks camelCase, whatever a user types or reads is snake_case. */
export function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `fast_window` → `fastWindow` */
export function toCamel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Names that would reach an object's prototype instead of the object. Refused wherever a user may name a key. */
export function isForbiddenName(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype';
}
