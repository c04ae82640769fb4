import fc from 'fast-check';

import { escapeHtml, html, jsonForScript } from './html.js';

describe('html', () => {
  it('escapes what is put into it, and takes markup as it is', () => {
    const cell = html`<td>${'<b>"&\'`'}</td>`;
    expect(html`<tr title="${'"x"'}">${[cell, null, 7]}</tr>`.markup).toBe('<tr title="&#34;x&#34;"><td>&#60;b&#62;&#34;&#38;&#39;&#96;</td>7</tr>');
  });

  it('lets no text open a tag, close an attribute or begin an entity', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!#\d+;)/)));
  });
});

describe('jsonForScript', () => {
  it('is the same document again, and never ends the element that it stands in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('</script>', '<!--', ']]>', '\u2028'), (value, trap) => {
        const { markup } = jsonForScript({ value, [trap]: trap });
        expect(markup).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(markup)).toEqual(JSON.parse(JSON.stringify({ value, [trap]: trap })));
      }),
    );
  });
});
