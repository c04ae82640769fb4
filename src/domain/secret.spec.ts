import { inspect } from 'node:util';

import { Secret } from './secret.js';

const TEXT = 'canary-of-the-secret-0123456789';
const secret = Secret.of(TEXT);

describe('Secret', () => {
  it('gives its text to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe(TEXT);
  });

  it.each<[string, (held: Secret) => unknown]>([
    ['a template', (held) => `a ${held as unknown as string}`.slice(2)],
    ['String()', (held) => String(held)],
    ['concatenation', (held) => ''.concat(held as unknown as string)],
    ['JSON', (held) => JSON.parse(JSON.stringify(held))],
    ['valueOf', (held) => held.valueOf()],
    ['inspect', (held) => inspect(held)],
    ['inspect of everything hidden', (held) => inspect(held, { depth: 20, showHidden: true, customInspect: true, getters: true })],
  ])('shows [redacted] in %s', (_, shown) => {
    expect(shown(secret)).toBe('[redacted]');
  });

  it.each<[string, (held: object) => string]>([
    ['JSON', (held) => JSON.stringify(held)],
    ['inspect', (held) => inspect(held, { depth: 20, showHidden: true })],
    ['inspect that asks no object for its own words', (held) => inspect(held, { depth: 20, showHidden: true, customInspect: false })],
    ['its properties', (held) => JSON.stringify(Object.values(held).flatMap((value: object) => [Object.getOwnPropertyNames(value), Object.entries(value), { ...value }]))],
    ['an error message', (held) => String(new Error(`refused: ${String(Object.values(held)[0])}`).stack)],
  ])('is not in the %s of what holds it', (_, shown) => {
    expect(shown({ held: secret })).not.toContain(TEXT);
  });

  it('cannot be copied out of itself', () => {
    expect(JSON.stringify({ ...secret, ...Object.getOwnPropertyDescriptors(secret) })).toBe('{}');
    expect(() => structuredClone(secret).reveal()).toThrow(TypeError);
  });
});
