import type { CodegenConfig } from '@graphql-codegen/cli'

// Outside this repository the schema is read from the platform itself: `${LINGHANG_ENDPOINT}/schema.graphql`.
const config: CodegenConfig = {
  schema: process.env.LINGHANG_SCHEMA ?? '../../docs/schema.graphql',
  documents: ['src/**/*.ts', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        // Dates, instants and money travel as text; a float would lose fen, a Date object would gain a time zone.
        scalars: { ID: 'string', Date: 'string', DateTime: 'string', Fen: 'string' },
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.ts',
      },
    },
  },
}
export default config
