import { existsSync, readFileSync } from 'node:fs';

import { at, yamlFile, type JsonObject } from './manifests.js';

const dockerfile = readFileSync('Dockerfile', 'utf8');
/** Instructions, their continued lines joined, without comments. */
const instructions = dockerfile.replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ').split('\n').filter((line) => line.trim() !== '');
const runtime = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
const argumentsOf = (name: string, lines = runtime): string[] => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());

const compose = yamlFile('docker-compose.yml');
const bot = at(compose, 'services.bot');
const SECRET = /(key|secret|token|passw|credential)/i;

describe('Dockerfile', () => {
  it('runs as a user that is not root, by number, also in the last line that says so', () => {
    expect(argumentsOf('USER')).toEqual(['1000:1000']);
  });

  it('builds in one stage and runs another, of one image whose version is named', () => {
    expect(argumentsOf('FROM', instructions)).toEqual(['${NODE_IMAGE} AS build', '${NODE_IMAGE} AS runtime']);
    expect(argumentsOf('ARG', instructions)).toEqual([expect.stringMatching(/^NODE_IMAGE=node:\d+[a-z0-9.-]*$/)]);
  });

  it('takes no secret while it is built: no argument, no variable, no file', () => {
    for (const text of [...argumentsOf('ARG', instructions), ...argumentsOf('ENV', instructions)]) expect(text).not.toMatch(SECRET);
    for (const text of [...argumentsOf('COPY', instructions), ...argumentsOf('ADD', instructions)]) expect(text).not.toMatch(/(^| )\.\.?( |$)|\.env|secret|\.pem|\*/);
    expect(argumentsOf('ADD', instructions)).toEqual([]);
    expect(dockerfile).not.toMatch(/--mount=type=secret|--build-arg/);
    const context = readFileSync('.dockerignore', 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(context[0]).toBe('*');
    for (const allowed of context.filter((line) => line.startsWith('!'))) expect(allowed).not.toMatch(/\.env|data|results|logs|node_modules|\.git/);
  });

  it('needs no shell: every command is a list', () => {
    for (const command of [...argumentsOf('CMD'), ...argumentsOf('ENTRYPOINT'), ...argumentsOf('HEALTHCHECK').map((text) => text.slice(text.indexOf('CMD ') + 4))]) expect(() => JSON.parse(command) as unknown).not.toThrow();
    expect(argumentsOf('CMD')).toEqual(['["node", "dist/main.js"]']);
    expect(argumentsOf('RUN')).toEqual([]);
  });

  it('says how its health is looked at and how it is stopped, and opens no port', () => {
    expect(argumentsOf('HEALTHCHECK')).toEqual([expect.stringMatching(/--timeout=\d+s .*CMD \["node", "dist\/healthcheck\.js"\]$/)]);
    expect(argumentsOf('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(argumentsOf('EXPOSE')).toEqual([]);
    expect(existsSync('src/healthcheck.ts')).toBe(true);
  });

  it('installs what the lock file says, and runs no script of a dependency but the one that is compiled', () => {
    const [install] = argumentsOf('RUN', instructions).filter((line) => line.includes('npm ci'));
    expect(install).toBe('npm ci --ignore-scripts && npm rebuild better-sqlite3');
  });
});

describe('docker-compose.yml', () => {
  it('lets the bot change nothing but its volumes, and takes every right away', () => {
    expect(bot).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], init: true });
    for (const field of ['cap_add', 'privileged', 'user', 'pid', 'ipc', 'network_mode', 'devices', 'userns_mode', 'entrypoint', 'command']) expect([field, bot[field]]).toEqual([field, undefined]);
    const volumes = at<string[]>(bot, 'volumes');
    expect(volumes.filter((volume) => volume.startsWith('.') || volume.startsWith('/'))).toEqual(['./settings:/app/settings:ro']);
    expect(volumes.join('\n')).not.toContain('docker.sock');
  });

  it('keeps everything that the image can write in a named volume', () => {
    const declared = JSON.parse(argumentsOf('VOLUME')[0]) as string[];
    const named = at<string[]>(bot, 'volumes').filter((volume) => !volume.startsWith('.')).map((volume) => volume.split(':'));
    expect(named.map(([, path]) => path)).toEqual(declared);
    expect(named.map(([name]) => name)).toEqual(Object.keys(compose['volumes'] as JsonObject));
  });

  it('publishes no port', () => {
    expect([bot['ports'], bot['expose']]).toEqual([undefined, undefined]);
  });

  it('bounds memory, processors, processes, logs and the time to stop', () => {
    expect(bot).toMatchObject({ mem_limit: expect.stringMatching(/^\d+m$/), cpus: expect.any(Number), pids_limit: expect.any(Number), logging: { options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } } });
    expect(Number.parseInt(at<string>(bot, 'stop_grace_period'), 10)).toBeGreaterThanOrEqual(10);
    expect(at<string[]>(bot, 'tmpfs')).toEqual([expect.stringMatching(/^\/tmp:size=\d+m,.*noexec,nosuid,nodev/)]);
  });

  it('keeps the health check of the image', () => {
    expect(bot['healthcheck']).toBeUndefined();
  });

  it('hands secrets over when it runs, never when it builds', () => {
    expect(bot['build']).toBe('.');
    for (const [name, value] of Object.entries(at(bot, 'environment'))) expect(`${name}=${JSON.stringify(value)}`).not.toMatch(SECRET);
    expect(bot['env_file']).toEqual(['.env']);
  });
});
