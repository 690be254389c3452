/** An image: which programs it runs, and what they read that no import names, as globs of the checkout. */
export interface Image {
  name: string
  mains: readonly string[]
  data: readonly string[]
  /** What its programs name and never load. */
  without?: RegExp
}

const service = (name: string, ...commands: string[]): Image => ({
  name,
  mains: [`services/${name}/src/main.ts`, ...commands],
  data: [`services/${name}/schema.graphql`],
})

export const images: readonly Image[] = [
  { name: 'gateway', mains: ['gateway/src/main.ts'], data: ['gateway/supergraph.graphql'] },
  // A county is registered by a job of the chart, a city by an operator in a pod of org.
  service('org', 'services/org/src/structure/counties/command.ts', 'services/org/src/structure/cities/command.ts'),
  ...['members', 'dues', 'assessment'].map(name => service(name)),
  {
    name: 'workflows',
    mains: ['services/workflows/src/main.ts', 'services/workflows/src/worker.ts'],
    data: ['services/workflows/schema.graphql'],
  },
  {
    name: 'migrate',
    mains: ['packages/migrations/src/main.ts'],
    data: ['packages/*/sql/*', 'services/*/prisma/schema.prisma', 'services/*/prisma/migrations/**'],
    // The folders of the services are looked into by name.
    without: /^services\//,
  },
]
