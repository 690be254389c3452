import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { does, launch, waitUntil } from './inside.ts'
import { kubeconfigOf, type NodeSetting, network, placesOf } from './layout.ts'

const etcdAddress = 'http://127.0.0.1:2379'
const etcdPeer = 'http://127.0.0.1:2380'

const flags = (given: Record<string, string | number | boolean>): string[] =>
  Object.entries(given).map(([name, value]) => `--${name}=${value}`)

/** Every namespace is under `restricted` unless it says otherwise; the cluster's own programs alone are not. */
const admission = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      name: 'PodSecurity',
      configuration: {
        apiVersion: 'pod-security.admission.config.k8s.io/v1',
        kind: 'PodSecurityConfiguration',
        defaults: {
          ...{ enforce: 'restricted', warn: 'restricted', audit: 'restricted' },
          ...{ 'enforce-version': 'latest', 'warn-version': 'latest', 'audit-version': 'latest' },
        },
        exemptions: { namespaces: ['kube-system'] },
      },
    },
  ],
}

const apiServerFlags = (certificates: string, admissionFile: string): string[] => {
  const at = (name: string): string => join(certificates, name)
  return flags({
    'etcd-servers': etcdAddress,
    'bind-address': '0.0.0.0',
    'advertise-address': network.node,
    'secure-port': 6443,
    'service-cluster-ip-range': network.services,
    'allow-privileged': true,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'admission-control-config-file': admissionFile,
    'tls-cert-file': at('apiserver.crt'),
    'tls-private-key-file': at('apiserver.key'),
    'client-ca-file': at('ca.crt'),
    'kubelet-client-certificate': at('admin.crt'),
    'kubelet-client-key': at('admin.key'),
    'kubelet-certificate-authority': at('ca.crt'),
    'kubelet-preferred-address-types': 'InternalIP',
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': at('accounts.pub'),
    'service-account-signing-key-file': at('accounts.key'),
    'requestheader-client-ca-file': at('ca.crt'),
    'requestheader-allowed-names': 'aggregator',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'proxy-client-cert-file': at('aggregator.crt'),
    'proxy-client-key-file': at('aggregator.key'),
    profiling: false,
  })
}

/** Starts etcd and the API server, and waits until it is ready. */
export const startApiServer = async (setting: NodeSetting): Promise<void> => {
  const { certificates, configuration, etcd, logs } = placesOf(setting.folder)
  await mkdir(configuration, { recursive: true })
  const admissionFile = join(configuration, 'admission.json')
  await writeFile(admissionFile, JSON.stringify(admission))
  const cluster = {
    ...{ name: 'one', 'data-dir': etcd, 'initial-cluster': `one=${etcdPeer}` },
    ...{ 'listen-client-urls': etcdAddress, 'advertise-client-urls': etcdAddress },
    ...{ 'listen-peer-urls': etcdPeer, 'initial-advertise-peer-urls': etcdPeer },
    // A cluster of a test's length may lose its last second with the machine.
    'unsafe-no-fsync': true,
  }
  launch(logs, 'etcd', join(setting.bin, 'etcd'), flags(cluster))
  launch(logs, 'kube-apiserver', join(setting.bin, 'kube-apiserver'), apiServerFlags(certificates, admissionFile))
  const asks = ['--kubeconfig', kubeconfigOf(setting.folder), 'get', '--raw', '/readyz']
  await waitUntil('the API server is ready', () => does(setting.kubectl, ...asks))
}

/** Starts the controllers and the scheduler. */
export const startControllers = (setting: NodeSetting): void => {
  const { certificates, logs } = placesOf(setting.folder)
  const start = (name: string, more: Record<string, string | number | boolean>): void => {
    const kubeconfig = kubeconfigOf(setting.folder, name)
    const common = {
      ...{ kubeconfig, 'authentication-kubeconfig': kubeconfig, 'authorization-kubeconfig': kubeconfig },
      ...{ 'bind-address': '127.0.0.1', 'leader-elect': false },
    }
    launch(logs, name, join(setting.bin, name), flags({ ...common, ...more }))
  }
  start('kube-scheduler', {})
  start('kube-controller-manager', {
    'use-service-account-credentials': true,
    'service-account-private-key-file': join(certificates, 'accounts.key'),
    'root-ca-file': join(certificates, 'ca.crt'),
    'cluster-signing-cert-file': join(certificates, 'ca.crt'),
    'cluster-signing-key-file': join(certificates, 'ca.key'),
    // With as few requests a second as it takes upon itself, the first pod would come seconds later.
    'kube-api-qps': 200,
    'kube-api-burst': 400,
    // An autoscaler that looks four times a minute: a test has minutes, and one node's metrics are ten seconds old.
    'horizontal-pod-autoscaler-downscale-stabilization': '60s',
  })
}
