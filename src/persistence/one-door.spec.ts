import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const SRC = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !/\.(spec|long|stress)\.ts$/.test(name));

/** What opens a way to the database past its door, and the one file that may do it. */
const DOORS: readonly { readonly what: string; readonly found: (node: ts.Node) => boolean; readonly allowed: readonly string[] }[] = [
  { what: 'a transaction of TypeORM', found: (node) => isCallOf(node, 'transaction'), allowed: [] },
  { what: 'a query runner', found: (node) => isCallOf(node, 'createQueryRunner'), allowed: ['persistence/ledger-database.ts', 'persistence/ledger-reader.ts'] },
  { what: 'an entity manager', found: (node) => isPropertyNamed(node, 'manager'), allowed: ['persistence/ledger-view.ts'] },
  { what: 'a repository of TypeORM', found: (node) => isCallOf(node, 'getRepository') || isCallOf(node, 'InjectRepository') || isCallOf(node, 'InjectDataSource') || isCallOf(node, 'InjectEntityManager'), allowed: [] },
  { what: 'the Nest module of TypeORM', found: (node) => ts.isImportDeclaration(node) && text(node.moduleSpecifier) === '@nestjs/typeorm', allowed: [] },
  { what: 'prepared statements', found: (node) => isNewOf(node, 'Statements'), allowed: ['persistence/ledger-database.ts', 'persistence/ledger-reader.ts'] },
  { what: 'a data source', found: (node) => isNewOf(node, 'DataSource'), allowed: ['persistence/data-source.ts'] },
  { what: 'a raw connection', found: (node) => isNewOf(node, 'Database'), allowed: ['persistence/sqlite/raw-connection.ts'] },
  { what: 'an automatic schema', found: (node) => isNamed(node, 'synchronize'), allowed: [] },
  { what: 'a statement that begins or ends a transaction', found: (node) => ts.isStringLiteralLike(node) && /^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b/i.test(node.text), allowed: ['persistence/ledger-database.ts', 'persistence/ledger-reader.ts', 'persistence/instance-lock.ts'] },
];

function text(node: ts.Node): string {
  return ts.isStringLiteralLike(node) || ts.isIdentifier(node) ? node.text : '';
}

function isNamed(node: ts.Node, name: string): boolean {
  return (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isPropertyAccessExpression(node)) && text(node.name) === name;
}

function isPropertyNamed(node: ts.Node, name: string): boolean {
  return (ts.isPropertyAccessExpression(node) && node.name.text === name) || (ts.isElementAccessExpression(node) && text(node.argumentExpression) === name) || (ts.isBindingElement(node) && text(node.propertyName ?? node.name) === name);
}

function isCallOf(node: ts.Node, name: string): boolean {
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression;
  return text(called) === name || isPropertyNamed(called, name);
}

function isNewOf(node: ts.Node, name: string): boolean {
  return ts.isNewExpression(node) && (text(node.expression) === name || (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === name));
}

function parse(name: string, source = readFileSync(join(SRC, name), 'utf8')): ts.SourceFile {
  return ts.createSourceFile(name, source, ts.ScriptTarget.ES2023, true);
}

function waysAround(file: ts.SourceFile): string[] {
  const ways: string[] = [];
  const walk = (node: ts.Node): void => {
    for (const { what, found, allowed } of DOORS) if (found(node) && !allowed.includes(file.fileName.replaceAll('\\', '/'))) ways.push(`${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);
    ts.forEachChild(node, walk);
  };
  walk(file);
  return ways;
}

/** Files that are loaded at once with `name`, by imports that are there at run time. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const statement of parse(name).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const target = statement.moduleSpecifier;
    if (target === undefined || !ts.isStringLiteral(target) || isTypeOnly(statement)) continue;
    if (target.text.startsWith('.')) loadedWith(relative(SRC, resolve(SRC, dirname(name), target.text.replace(/\.js$/, '.ts'))), seen);
    else seen.add(target.text);
  }
  return seen;
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  return statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

describe('the sources', () => {
  it('have one door to the database: nothing begins a transaction, makes a connection or takes an entity manager elsewhere', () => {
    expect(SOURCES.flatMap((name) => waysAround(parse(name)))).toEqual([]);
  });

  it.each([
    'await source.transaction(async () => {});',
    'const runner = dataSource.createQueryRunner();',
    "dataSource['manager'].save(row);",
    'const { manager } = dataSource;',
    'class A { constructor(@InjectRepository(Row) rows: unknown) {} }',
    "new DataSource({ type: 'better-sqlite3', synchronize: true });",
    'new Statements(source, native).prepared(sql).run();',
    "new Database('x.sqlite');",
    "connection.exec('begin immediate');",
    "import { TypeOrmModule } from '@nestjs/typeorm';",
  ])('would be caught doing: %s', (line) => {
    expect(waysAround(parse('bot/shortcut.ts', line))).not.toEqual([]);
  });

  /** Those that trade, or live through trading again, cannot do without. */
  const withoutLedger = SOURCES.map((name) => name.replaceAll('\\', '/')).filter((name) => /^commands\/.*\.command\.ts$/.test(name) && !/^commands\/(trading|verify)\//.test(name));

  it.each(['cli.ts', ...withoutLedger])('load no database with %s: a command that needs none does not pay for it', (root) => {
    const loaded = [...loadedWith(root)];
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.filter((name) => /^(typeorm|better-sqlite3|@nestjs\/typeorm|async-mutex)$|^persistence\//.test(name))).toEqual([]);
  });

  it('would notice a database that is loaded', () => {
    expect([...loadedWith('commands/trading/run.command.ts'), ...loadedWith('bot/open-bot.ts')]).toContain('typeorm');
  });
});
