import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFleet } from '../../../src/adapters/kubernetes/fleet.ts';
import { createKubeconfig } from '../../../src/adapters/kubernetes/kubeconfig.ts';
import { kubeconfigText } from './kubeconfig-text.ts';
import { PATHS, rawKustomization } from './objects.ts';
import { aws } from './scene.ts';
import { SmallCluster } from './small-cluster.ts';

const folder = mkdtempSync(join(tmpdir(), 'trunkline-tls-'));
const [key, cert, file] = ['key.pem', 'cert.pem', 'kubeconfig'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const maker = 'openssl';
const made = spawnSync(maker, [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
  ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
]);
const name = 'a cluster that speaks TLS';
const isMade = made.status === 0;

(isMade ? describe : describe.skip)(isMade ? name : `${name} (skipped: openssl is not on the PATH)`, () => {
  let cluster: SmallCluster;
  const look = async (more: object, server = cluster.address) => {
    writeFileSync(file, kubeconfigText(server, 'first', 'aws', more));
    const kubeconfig = createKubeconfig({ files: [file], isInCluster: false });
    const log = { info() {}, warn() {}, error() {} };
    const view = await createFleet({ kubeconfig, log }).look(aws);
    await kubeconfig.close();
    return view;
  };
  const ca = () => ({ 'certificate-authority-data': readFileSync(cert).toString('base64') });

  beforeAll(async () => {
    cluster = new SmallCluster({ key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') });
    await cluster.start();
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'one'));
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });

  it('is believed by the kubeconfig’s certificate authority', async () => {
    expect(await look(ca())).toMatchObject({ kind: 'seen' });
  });

  it('is believed by no other', async () => {
    expect(await look({})).toMatchObject({ kind: 'silent', why: 'certificate' });
  });

  it('is not believed under another name', async () => {
    const elsewhere = cluster.address.replace('127.0.0.1', 'localhost');
    expect(await look(ca(), elsewhere)).toMatchObject({ kind: 'silent', why: 'certificate' });
  });

  it('gets all requests of a look over a connection or two, not each over its own', async () => {
    const before = cluster.connections;
    await look(ca());
    expect(cluster.connections - before).toBeLessThanOrEqual(2);
  });
});
