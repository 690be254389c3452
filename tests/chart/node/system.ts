import { network } from './layout.ts'

/** The image of the cluster's name server. */
export const dnsImage = 'linghang.test/dns:1'
/** Where the metrics of the node are served. */
export const metricsPort = 4443

const namespace = 'kube-system'
const dns = { name: 'dns', namespace }
// The label by which charts let their pods ask for names.
const labels = { 'k8s-app': 'kube-dns' }

const corefile = `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa {
    pods insecure
    ttl 5
  }
  cache 5
}
`

const dnsPod = {
  serviceAccountName: 'dns',
  priorityClassName: 'system-cluster-critical',
  dnsPolicy: 'Default',
  containers: [
    {
      name: 'dns',
      image: dnsImage,
      imagePullPolicy: 'Never',
      args: ['-conf', '/etc/dns/Corefile'],
      ports: [
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
        { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
      ],
      readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
      livenessProbe: { httpGet: { path: '/health', port: 8080 } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
      },
      volumeMounts: [{ name: 'configuration', mountPath: '/etc/dns' }],
    },
  ],
  volumes: [{ name: 'configuration', configMap: { name: 'dns' } }],
}

const reader = 'rbac.authorization.k8s.io'

const nameServer = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: dns },
  {
    apiVersion: `${reader}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'dns' },
    rules: [
      { apiGroups: [''], resources: ['services', 'pods', 'namespaces', 'endpoints'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ],
  },
  {
    apiVersion: `${reader}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'dns' },
    roleRef: { apiGroup: reader, kind: 'ClusterRole', name: 'dns' },
    subjects: [{ kind: 'ServiceAccount', ...dns }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: dns, data: { Corefile: corefile } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...dns, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: dnsPod } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace, labels },
    spec: {
      clusterIP: network.dnsService,
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
    },
  },
]

/** The API of metrics, answered by a process of the node: a Service without pods leads to it. */
const metrics = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'metrics', namespace },
    spec: { ports: [{ name: 'https', port: 443, targetPort: metricsPort }] },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'metrics', namespace, labels: { 'kubernetes.io/service-name': 'metrics' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [network.node], conditions: { ready: true } }],
    ports: [{ name: 'https', port: metricsPort, protocol: 'TCP' }],
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      ...{ group: 'metrics.k8s.io', version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100 },
      service: { name: 'metrics', namespace },
      insecureSkipTLSVerify: true,
    },
  },
]

/** A class of volumes that are folders of the node, made one by one by whoever runs the tests. */
const volumes = [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'folders', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
  },
]

/** What every cluster has beside its control plane, as one list for `kubectl apply`. */
export const systemObjects = { apiVersion: 'v1', kind: 'List', items: [...nameServer, ...metrics, ...volumes] }
