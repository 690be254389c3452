import { least } from './render.ts'

/** Ways to run the platform whose renders are kept (`golden/`), and whose every object is judged. */
export const profiles: Record<string, { files?: string[]; values: object; says: string }> = {
  least: { values: least, says: 'nothing but what the chart wants to be told' },
  small: { files: ['profiles/small.yaml'], values: least, says: 'the profile of a district' },
  county: { files: ['profiles/county.yaml'], values: least, says: 'the profile of a county' },
  city: { files: ['profiles/city.yaml'], values: least, says: 'the profile of a city, scaled by its processors' },
  'argo-in-one': {
    says: 'a cell of two counties that brings all it stands on: CloudNativePG, Strimzi, External Secrets, under Argo CD',
    files: ['profiles/county.yaml'],
    values: {
      ...{
        publicUrl: 'https://east.party.example.cn',
        oidc: least.oidc,
        temporal: least.temporal,
        materials: least.materials,
      },
      cell: { name: 'east' },
      counties: [
        { code: '330302', name: '鹿城区', administrator: 'admin-330302', host: 'lucheng.party.example.cn' },
        { code: '330303', name: '龙湾区', administrator: 'admin-330303', issuer: 'https://id.longwan.example.cn' },
      ],
      migrations: { mode: 'argoSync' },
      externalSecrets: { enabled: true, storeRef: { name: 'vault', kind: 'ClusterSecretStore' } },
      postgresql: { pooled: true },
      cnpg: {
        enabled: true,
        ownerSecret: 'owner',
        loginSecret: 'login',
        pooler: { enabled: true },
        backup: { enabled: true, parameters: { barmanObjectName: 'backups' } },
      },
      strimzi: { enabled: true, kafka: { enabled: true, zoneKey: 'topology.kubernetes.io/zone' } },
      routes: {
        by: 'httpRoute',
        hosts: ['east.party.example.cn'],
        httpRoute: { parentRefs: [{ name: 'city', namespace: 'gateways' }] },
      },
      monitoring: { scrape: { by: 'podMonitor' } },
    },
  },
  'scaled-by-keda': {
    says: 'everything that is by somebody else: KEDA, the worker controller, a collector, an Ingress, tokens for Kafka, payments',
    values: {
      ...least,
      kafka: { ...least.kafka, sasl: { mechanism: 'OAUTHBEARER' } },
      temporal: { ...least.temporal, apiKey: true, workerController: { enabled: true } },
      payments: {
        enabled: true,
        merchantId: '1900000001',
        appId: 'wx0000000000000001',
        merchantSerial: '5157F09EFDC096DE15EBE81A47057A72',
        committees: ['330302000000001'],
      },
      collector: { enabled: true, image: 'otel/opentelemetry-collector:0.140.0', endpoint: 'https://otel.example.cn' },
      routes: { by: 'ingress', hosts: ['party.example.cn'], ingress: { className: 'traefik', tlsSecret: 'party-tls' } },
      migrations: { mode: 'job', ttlSecondsAfterFinished: 86_400 },
      defaults: { autoscaling: { by: 'keda' } },
      worker: { autoscaling: { by: 'none' }, replicas: 3 },
      monitoring: { scrape: { by: 'serviceMonitor' } },
      trust: {
        temporal: { secret: 'temporal-tls', cert: 'tls.crt', key: 'tls.key' },
        system: { configMap: 'city-ca' },
      },
    },
  },
}
