import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { familyOf, TrialLedger, type Trial } from './trial-ledger.js';

const file = useTemporaryFolder();
const trial = (key: string, change: Partial<Trial> = {}): Trial => ({ at: 1, strategy: 'sma_cross', symbol: 'BTC/USDT', source: 'exchange', key, what: '1h', tries: 1, sharpe: 0.05, spread: 0, ...change });

describe('TrialLedger', () => {
  it('remembers what was tried, the last look at each, in a file that is only added to', () => {
    const ledger = new TrialLedger(file('results'));
    expect(ledger.read()).toEqual({ trials: [], damaged: 0 });
    for (const one of [trial('a'), trial('b'), trial('a', { at: 2, sharpe: 0.1 })]) new TrialLedger(file('results')).add(one);
    expect(ledger.read().trials).toEqual([trial('b'), trial('a', { at: 2, sharpe: 0.1 })]);
    expect(readFileSync(ledger.path, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('takes the same key of another strategy, market or source for another try', () => {
    const ledger = new TrialLedger(file());
    for (const change of [{}, { strategy: 'x' }, { symbol: 'ETH/USDT' }, { source: 'built-in' }]) ledger.add(trial('a', change));
    expect(ledger.read().trials).toHaveLength(4);
  });

  it('loses no more than a line that a crash has cut short', () => {
    const ledger = new TrialLedger(file());
    ledger.add(trial('a'));
    appendFileSync(ledger.path, '{"at":1,"strategy":"sma_c');
    ledger.add(trial('b'));
    expect(ledger.read()).toEqual({ trials: [trial('a'), trial('b')], damaged: 1 });
  });

  it.each(['null', '[]', '7', '{}', JSON.stringify(trial('a', { tries: 0 })), JSON.stringify({ ...trial('a'), sharpe: 'x' }), JSON.stringify({ ...trial('a'), strategy: 1 }), JSON.stringify(trial('a', { spread: -1 }))])('counts no line like %s', (line) => {
    const ledger = new TrialLedger(file());
    writeFileSync(ledger.path, `${line}\n${JSON.stringify(trial('b'))}\n`);
    expect(ledger.read()).toEqual({ trials: [trial('b')], damaged: 1 });
  });

  it('forgets what it is told to', () => {
    const ledger = new TrialLedger(file());
    for (const one of [trial('a'), trial('b', { tries: 40 }), trial('c', { strategy: 'x' })]) ledger.add(one);
    expect(ledger.reset(({ strategy }) => strategy === 'sma_cross')).toBe(41);
    expect(ledger.read().trials).toEqual([trial('c', { strategy: 'x' })]);
    expect(ledger.reset(() => true)).toBe(1);
    expect(ledger.reset(() => true)).toBe(0);
  });

  it('says where it cannot count or read', () => {
    mkdirSync(file('results/trials.jsonl'), { recursive: true });
    const ledger = new TrialLedger(file('results'));
    expect(() => ledger.add(trial('a'))).toThrow(expect.objectContaining({ code: 'STORAGE.WRITE', message: expect.stringMatching(/^Cannot count this try in .*trials\.jsonl \(EISDIR\); results are not affected$/) }));
    expect(() => ledger.read()).toThrow(expect.objectContaining({ code: 'STORAGE.READ' }));
  });
});

describe('familyOf', () => {
  const tried = [trial('a', { sharpe: 0.01 }), trial('b', { sharpe: 0.03 }), trial('c', { sharpe: null }), trial('d', { strategy: 'x', sharpe: 9 })];

  it('counts every other try with the strategy on the market, and this one', () => {
    // 0.01, 0.03, 0.05: variance 0.0004; the one without a ratio counts as a try
    const family = familyOf(tried, trial('e'));
    expect([family.tries, family.variance]).toEqual([4, expect.closeTo(0.0004, 12)]);
  });

  it('counts this one once, with what it says now', () => {
    expect(familyOf(tried, trial('b', { sharpe: 0.05 }))).toEqual({ tries: 3, variance: expect.closeTo(0.0008, 12) });
  });

  it('has no variance of one ratio', () => {
    expect(familyOf([], trial('a'))).toEqual({ tries: 1, variance: null });
    expect(familyOf([trial('b', { sharpe: null })], trial('a'))).toEqual({ tries: 2, variance: null });
  });

  it('takes a search for as many tries as it made', () => {
    // 0.01, 0.02, 0.03 together: mean 0.02, spread 0.0002; with 0.06 the variance of four is 0.00046666…
    const search = trial('s', { tries: 3, sharpe: 0.02, spread: 0.0002 });
    expect(familyOf([search], trial('a', { sharpe: 0.06 }))).toEqual({ tries: 4, variance: expect.closeTo(0.0014 / 3, 12) });
  });
});
