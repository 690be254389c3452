/** An image: which programs it runs, and what they read that no import names, as globs of the checkout. */
export interface Image {
  name: string
  mains: readonly string[]
  data: readonly string[]
}

const service = (name: string): Image => ({
  name,
  mains: [`services/${name}/src/main.ts`],
  data: [`services/${name}/schema.graphql`],
})

export const images: readonly Image[] = [
  { name: 'gateway', mains: ['gateway/src/main.ts'], data: ['gateway/supergraph.graphql'] },
  ...['org', 'members', 'dues', 'assessment'].map(service),
  {
    name: 'workflows',
    mains: ['services/workflows/src/main.ts', 'services/workflows/src/worker.ts'],
    data: ['services/workflows/schema.graphql'],
  },
  {
    name: 'migrate',
    mains: ['packages/migrations/src/main.ts'],
    data: ['packages/*/sql/*', 'services/*/prisma/schema.prisma', 'services/*/prisma/migrations/**'],
  },
]
