import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from './inside.ts'
import { containerdSocket, kubeconfigOf, type NodeSetting, network, nodeName, placesOf } from './layout.ts'

const kubeletSettings = (certificates: string) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  failCgroupV1: false,
  cgroupDriver: 'cgroupfs',
  containerRuntimeEndpoint: `unix://${containerdSocket}`,
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: join(certificates, 'ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  tlsCertFile: join(certificates, 'kubelet.crt'),
  tlsPrivateKeyFile: join(certificates, 'kubelet.key'),
  clusterDNS: [network.dnsService],
  clusterDomain: 'cluster.local',
  failSwapOn: false,
  seccompDefault: true,
  podLogsDir: '/var/log/pods',
  // Images are put there by hand and cannot be pulled again: none may be cleared away, and a full disk is the machine's.
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  evictionHard: {
    'memory.available': '100Mi',
    'nodefs.available': '1%',
    'imagefs.available': '1%',
    'nodefs.inodesFree': '1%',
  },
  nodeStatusUpdateFrequency: '5s',
})

const proxySettings = (folder: string) => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  clientConnection: { kubeconfig: kubeconfigOf(folder, 'kube-proxy') },
  clusterCIDR: '10.244.0.0/16',
  hostnameOverride: nodeName,
  // These would be settings of the whole kernel.
  conntrack: { maxPerCore: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  iptables: { minSyncPeriod: '100ms' },
})

/** Starts what makes a node of it: kubelet and kube-proxy. */
export const startKubelet = async ({ folder, bin }: NodeSetting): Promise<void> => {
  const { certificates, configuration, kubelet, logs } = placesOf(folder)
  const settings = join(configuration, 'kubelet.json')
  await writeFile(settings, JSON.stringify(kubeletSettings(certificates)))
  launch(logs, 'kubelet', join(bin, 'kubelet'), [
    `--config=${settings}`,
    `--kubeconfig=${kubeconfigOf(folder, 'kubelet')}`,
    `--root-dir=${kubelet}`,
    `--cert-dir=${join(configuration, 'kubelet-certificates')}`,
    `--hostname-override=${nodeName}`,
    `--node-ip=${network.node}`,
  ])
  const proxy = join(configuration, 'kube-proxy.json')
  await writeFile(proxy, JSON.stringify(proxySettings(folder)))
  launch(logs, 'kube-proxy', join(bin, 'kube-proxy'), [`--config=${proxy}`])
}

/** Starts what enforces NetworkPolicy; it wants to find its node. */
export const startPolicies = ({ folder, bin }: NodeSetting): void =>
  launch(placesOf(folder).logs, 'policies', join(bin, 'policies'), [
    `--kubeconfig=${kubeconfigOf(folder)}`,
    `--hostname-override=${nodeName}`,
    `--service-cluster-ip-range=${network.services}`,
    '--iptables-sync-period=30s',
    '--run-firewall=true',
  ])
