/** Floors of the house, lowest first: a room may import from its own folder and from floors below. */
const FLOORS = [
  ['domain'],
  ['schema', 'files'],
  ['strategy', 'exchange', 'config', 'kernels'],
  ['data', 'persistence'],
  ['backtest', 'execution', 'risk', 'notify'],
  ['optimize', 'report', 'bot'],
  ['verify'],
  ['commands', 'schedule'],
];

const floorRules = FLOORS.flatMap((rooms, floor) => {
  const above = FLOORS.slice(floor + 1).flat();
  return rooms.map((room) => ({
    name: `floor-of-${room}`,
    comment: `${room}/ stands on floor ${floor + 1}: it imports nothing from beside or above it.`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: `^src/(${[...above, ...rooms.filter((other) => other !== room)].join('|')})/` },
  }));
}).map((rule) => (rule.to.path === '^src/()/' ? { ...rule, to: { path: '^src/(main|cli)\\.ts$' } } : rule));

const PURE = '^src/(domain|backtest/engine|strategy/indicators)/';
const UNDOTTED = '^src/[^.]+\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'Circles make every part depend on every other.', from: {}, to: { circular: true } },
    ...floorRules,
    {
      name: 'roots-on-top',
      severity: 'error',
      comment: 'Nothing imports the roots.',
      from: { path: '^src/.+/' },
      to: { path: '^src/(main|cli|app\\.module|healthcheck)\\.ts$' },
    },
    {
      name: 'pure-rooms',
      severity: 'error',
      comment: 'Arrays in, numbers out: no framework, no file, no network, no clock.',
      from: { path: PURE, pathNot: '\\.spec\\.ts$|^src/domain/decimal\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'decimals-behind-functions',
      severity: 'error',
      comment: 'Exact amounts need a library; it is pure, and one file of the ground knows it.',
      from: { path: '^src/domain/decimal\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/decimal\\.js' },
    },
    {
      name: 'decimal-library-in-one-file',
      severity: 'error',
      comment: 'Everybody else adds and multiplies amounts as texts, with the functions of domain/decimal.ts.',
      from: { path: '^src/', pathNot: '^src/domain/decimal\\.ts$' },
      to: { path: 'node_modules/decimal\\.js' },
    },
    {
      name: 'ccxt-only-in-exchange',
      severity: 'error',
      comment: 'One room knows the library, its errors and its traps.',
      from: { path: '^src/', pathNot: '^src/exchange/' },
      to: { path: 'node_modules/ccxt' },
    },
    {
      name: 'typeorm-only-in-persistence',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/persistence/' },
      to: { path: 'node_modules/(typeorm|better-sqlite3|@nestjs/typeorm)' },
    },
    {
      name: 'nest-in-dotted-files-only',
      severity: 'error',
      comment: 'A dotted role (x.service.ts) says that decorators live there; everything else is plain TypeScript that a test can new.',
      from: { path: UNDOTTED, pathNot: '^src/(main|cli)\\.ts$' },
      to: { path: 'node_modules/(@nestjs|nest-commander)' },
    },
    {
      name: 'files-in-few-rooms',
      severity: 'error',
      comment: 'Only these rooms touch the disk.',
      from: { path: '^src/', pathNot: '^src/(files|config|data|kernels|backtest|commands|persistence|schedule)/|^src/(main|cli|healthcheck)\\.ts$|\\.spec\\.ts$' },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(spec|long)\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.cjs', '.mjs'] },
  },
};
