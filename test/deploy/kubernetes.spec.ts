import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { ConfigMap, Namespace, PersistentVolumeClaim, ServiceAccount } from 'kubernetes-models/v1';

import { resolveConfig } from '../../src/config/resolve-config.js';
import { at, manifest, yamlFile, type Json, type JsonObject } from './manifests.js';

const FOLDER = 'deploy/kubernetes';
const KINDS = { Deployment, NetworkPolicy, ConfigMap, Namespace, PersistentVolumeClaim, ServiceAccount } as const;
/** Objects whose names are the writer's own. */
const FREE = new Set(['labels', 'matchLabels', 'data', 'requests', 'limits']);

const kustomization = manifest('kustomization.yaml');
const files = at<string[]>(kustomization, 'resources');
const documents = files.map((file) => ({ file, document: manifest(file) }));
const of = (kind: string): JsonObject => {
  const found = documents.filter(({ document }) => document['kind'] === kind);
  expect([kind, found.length]).toEqual([kind, 1]);
  return found[0].document;
};
const pod = (): JsonObject => at(of('Deployment'), 'spec.template.spec');
const container = (): JsonObject => at<JsonObject[]>(pod(), 'containers')[0];
const namesOf = (list: Json): unknown[] => (list as JsonObject[]).map(({ name }) => name);

/** Every name of a field that the schemas of the library know. */
function knownFields(): Set<string> {
  const folders = ['node_modules/kubernetes-models/_schemas', 'node_modules/@kubernetes-models/apimachinery/_schemas'];
  const texts = folders.flatMap((folder) => readdirSync(folder).filter((name) => /^IoK8s(Api(Apps|Core|Networking)V1|Apimachinery).*\.mjs$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8')));
  return new Set(texts.flatMap((text) => [...text.matchAll(/\bdata\.([A-Za-z]+)/g)].map(([, name]) => name)));
}

function fieldsOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [name, ...(FREE.has(name) ? [] : fieldsOf(field))]);
}

describe('the Kubernetes base', () => {
  it('lists every manifest beside it, and no other', () => {
    expect([...files].sort()).toEqual(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml').sort());
  });

  it.each(documents)("$file fits the schema of Kubernetes' API", ({ document }) => {
    const Kind = KINDS[document['kind'] as keyof typeof KINDS] as unknown as new (data: object) => { validate(): void; apiVersion: string };
    const model = new Kind(document);
    expect(document['apiVersion']).toBe(new Kind({}).apiVersion);
    expect(() => model.validate()).not.toThrow();
  });

  it('is held to a schema that refuses what does not fit', () => {
    const wrong = structuredClone(of('Deployment'));
    at(wrong, 'spec')['replicas'] = 'one';
    expect(() => new Deployment(wrong as never).validate()).toThrow('replicas must be integer');
  });

  it('has no field that the API does not know', () => {
    const known = knownFields();
    expect(known.size).toBeGreaterThan(300);
    expect(known.has('readOnlyRootFileSystem')).toBe(false);
    expect(documents.flatMap(({ document }) => fieldsOf(document)).filter((field) => !known.has(field))).toEqual([]);
  });

  it('runs one bot, and ends the old before the new one begins', () => {
    expect(at(of('Deployment'), 'spec')).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(at(of('PersistentVolumeClaim'), 'spec.accessModes')).toEqual(['ReadWriteOncePod']);
    expect(pod()['terminationGracePeriodSeconds']).toBe(30);
    expect(at<Json[]>(pod(), 'containers')).toHaveLength(1);
    expect(pod()['initContainers']).toBeUndefined();
  });

  it('lets the bot do nothing but run', () => {
    expect(pod()['securityContext']).toEqual({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } });
    expect(container()['securityContext']).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace']) expect([field, pod()[field]]).toEqual([field, undefined]);
    expect(at<JsonObject[]>(pod(), 'volumes').flatMap((volume) => Object.keys(volume).filter((name) => name !== 'name'))).toEqual(['configMap', 'persistentVolumeClaim', 'emptyDir']);
    expect(at(of('Namespace'), 'metadata.labels')).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('gives it no token for the cluster, and tells it nothing of its neighbours', () => {
    expect([of('ServiceAccount')['automountServiceAccountToken'], pod()['automountServiceAccountToken'], pod()['enableServiceLinks']]).toEqual([false, false, false]);
    expect(pod()['serviceAccountName']).toBe(at(of('ServiceAccount'), 'metadata.name'));
  });

  it('bounds what it may use', () => {
    expect(container()['resources']).toEqual({ requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } });
  });

  it.each(['startupProbe', 'livenessProbe', 'readinessProbe'])('asks the health check of the image by %s', (probe) => {
    const check = /HEALTHCHECK .*CMD (\[.*\])/.exec(readFileSync('Dockerfile', 'utf8'))?.[1] ?? 'no health check';
    expect(at(container(), `${probe}.exec.command`)).toEqual(JSON.parse(check));
    expect(at<number>(container(), `${probe}.timeoutSeconds`)).toBeLessThanOrEqual(at<number>(container(), `${probe}.periodSeconds`));
  });

  it('mounts what it declares, declares what it mounts, and refers to what there is', () => {
    const mounts = at<JsonObject[]>(container(), 'volumeMounts');
    const volumes = at<JsonObject[]>(pod(), 'volumes');
    expect([...new Set(mounts.map(({ name }) => name))].sort()).toEqual(namesOf(volumes).sort());
    expect(new Set(mounts.map(({ mountPath }) => mountPath)).size).toBe(mounts.length);
    expect(at(volumes.find(({ name }) => name === 'settings') ?? null, 'configMap.name')).toBe(at(of('ConfigMap'), 'metadata.name'));
    expect(at(volumes.find(({ name }) => name === 'data') ?? null, 'persistentVolumeClaim.claimName')).toBe(at(of('PersistentVolumeClaim'), 'metadata.name'));
    expect(namesOf(at(kustomization, 'images'))).toEqual([container()['image']]);
  });

  it('can write where the image can, and nowhere else', () => {
    const writable = at<JsonObject[]>(container(), 'volumeMounts').filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath);
    const declared = JSON.parse(/^VOLUME (\[.*\])$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1] ?? '[]') as string[];
    expect(declared).toHaveLength(4);
    expect(writable).toEqual([...declared, '/tmp']);
  });

  it('selects its own pod everywhere', () => {
    const labels = at(of('Deployment'), 'spec.template.metadata.labels');
    expect(at(of('Deployment'), 'spec.selector.matchLabels')).toEqual(labels);
    expect(at(of('NetworkPolicy'), 'spec.podSelector.matchLabels')).toEqual(labels);
    for (const { document } of documents) if (document['kind'] !== 'Namespace') expect(at(document, 'metadata.labels')).toEqual(labels);
  });

  it('is in one namespace', () => {
    expect(kustomization['namespace']).toBe(at(of('Namespace'), 'metadata.name'));
    for (const { document } of documents) expect(at(document, 'metadata')['namespace']).toBeUndefined();
  });

  it('lets nobody in, and the bot out to names and to https beyond the cluster', () => {
    const { policyTypes, ingress, egress } = at<{ policyTypes: string[]; ingress: Json[]; egress: { to: { ipBlock?: { cidr: string; except: string[] } }[]; ports: { protocol: string; port: number }[] }[] }>(of('NetworkPolicy'), 'spec');
    expect([policyTypes, ingress]).toEqual([['Ingress', 'Egress'], []]);
    expect(egress.map(({ ports }) => ports.map(({ protocol, port }) => `${protocol} ${port}`))).toEqual([['UDP 53', 'TCP 53'], ['TCP 443']]);
    const blocks = egress[1].to.map(({ ipBlock }) => ipBlock);
    expect(blocks.map((block) => block?.cidr)).toEqual(['0.0.0.0/0', '::/0']);
    expect(blocks[0]?.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']));
    expect(blocks[1]?.except).toEqual(expect.arrayContaining(['fc00::/7', 'fe80::/10']));
    expect(container()['ports']).toBeUndefined();
  });

  it('refers to a secret and holds none', () => {
    expect(container()['envFrom']).toEqual([{ secretRef: { name: 'trading-bot-secrets', optional: true } }]);
    expect(documents.some(({ document }) => document['kind'] === 'Secret')).toBe(false);
    expect(namesOf(container()['env'])).toEqual(['BOT_CONFIG', 'TZ']);
    for (const name of readdirSync(FOLDER)) expect(readFileSync(join(FOLDER, name), 'utf8')).not.toMatch(/[A-Za-z0-9+/]{40,}/);
  });

  it('ships settings that are valid, trade on paper, and lie where the bot looks', () => {
    const data = at<Record<string, string>>(of('ConfigMap'), 'data');
    const path = at<JsonObject[]>(container(), 'env').find(({ name }) => name === 'BOT_CONFIG')?.['value'];
    const mount = at<JsonObject[]>(container(), 'volumeMounts').find(({ name }) => name === 'settings');
    expect([mount?.['mountPath'], path]).toEqual(['/app/settings', `/app/settings/${Object.keys(data)[0]}`]);
    expect(resolveConfig({ name: 'settings.yaml', settings: JSON.parse(data['config.json']) as Record<string, unknown> }, {}, []).config.executionMode).toBe('paper');
  });
});

describe('yamlFile', () => {
  it('takes no document in which a field stands twice', () => {
    expect(() => yamlFile('test/deploy/twice.yaml')).toThrow('Map keys must be unique');
  });
});
