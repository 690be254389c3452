import { doorImage } from './programs.ts'

/** The namespace of the controller, and the names under which routes find it. */
export const door = { namespace: 'door', gateway: 'city', gatewayClass: 'traefik', ingressClass: 'traefik' } as const
/** Where it listens, in its pod and in its Service. */
export const doorPort = 8000

const { namespace } = door
const metadata = { name: 'traefik', namespace }
const labels = { app: 'traefik' }
const api = 'rbac.authorization.k8s.io'
const look = ['get', 'list', 'watch']

/** What a controller of routes looks at, and where it says what came of them. */
const rules = [
  { apiGroups: [''], resources: ['services', 'secrets', 'configmaps', 'namespaces', 'nodes'], verbs: look },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: look },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingressclasses'], verbs: look },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['*'], verbs: [...look, 'update'] },
]

const arguments_ = [
  '--entrypoints.web.address=:8000',
  '--ping=true',
  '--providers.kubernetesgateway=true',
  '--providers.kubernetesingress=true',
  `--providers.kubernetesgateway.statusaddress.service.namespace=${namespace}`,
  '--providers.kubernetesgateway.statusaddress.service.name=traefik',
  '--global.checknewversion=false',
  '--global.sendanonymoususage=false',
]

const pod = {
  serviceAccountName: 'traefik',
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      ...{ name: 'traefik', image: doorImage, imagePullPolicy: 'Never', args: arguments_ },
      ports: [
        { name: 'web', containerPort: doorPort },
        { name: 'ping', containerPort: 8080 },
      ],
      readinessProbe: { httpGet: { path: '/ping', port: 'ping' }, periodSeconds: 1, failureThreshold: 60 },
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      securityContext: {
        ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    },
  ],
}

/** The controller, its rights, its classes and one Gateway that takes routes of every namespace. */
export const doorObjects = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { name: namespace } } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: `${api}/v1`, kind: 'ClusterRole', metadata: { name: 'traefik' }, rules },
    {
      ...{ apiVersion: `${api}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'traefik' } },
      roleRef: { apiGroup: api, kind: 'ClusterRole', name: 'traefik' },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
    {
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: door.ingressClass } },
      spec: { controller: 'traefik.io/ingress-controller' },
    },
    {
      ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: door.gatewayClass } },
      spec: { controllerName: 'traefik.io/gateway-controller' },
    },
    {
      ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: door.gateway, namespace } },
      spec: {
        gatewayClassName: door.gatewayClass,
        listeners: [{ name: 'web', protocol: 'HTTP', port: doorPort, allowedRoutes: { namespaces: { from: 'All' } } }],
      },
    },
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...metadata, labels } },
      spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata },
      spec: { selector: labels, ports: [{ name: 'web', port: doorPort, targetPort: 'web' }] },
    },
  ],
}
