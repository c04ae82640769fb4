import { SETTINGS } from './settings.js';

describe('the list of settings', () => {
  it('has one path and one variable for each, and no two alike', () => {
    expect(new Set(SETTINGS.map(({ path }) => path)).size).toBe(SETTINGS.length);
    expect(new Set(SETTINGS.map(({ variable }) => variable)).size).toBe(SETTINGS.length);
  });

  it('names variables after their paths', () => {
    expect(SETTINGS.find(({ path }) => path === 'risk.max_position_size_usd')?.variable).toBe('BOT_RISK_MAX_POSITION_SIZE_USD');
    for (const { path, variable } of SETTINGS) expect([path, variable]).toEqual([expect.stringMatching(/^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)*$/), expect.stringMatching(/^BOT(_[A-Z]+)+$/)]);
  });

  it('knows the data folder and the name of the bot by the short names that containers use', () => {
    expect(SETTINGS.filter(({ variable }) => ['BOT_DATA_DIR', 'BOT_ID'].includes(variable)).map(({ path }) => path)).toEqual(['bot_id', 'storage.data_dir']);
  });

  it('documents every one in a sentence', () => {
    for (const { path, spec } of SETTINGS) expect([path, spec.doc]).toEqual([path, expect.stringMatching(/^\S.{5,}\.$/)]);
  });

  it('has no setting that could hold a secret', () => {
    expect(SETTINGS.filter(({ path }) => /key|secret|password|token/.test(path))).toEqual([]);
  });
});
