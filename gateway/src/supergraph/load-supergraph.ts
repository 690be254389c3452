import { readFile } from 'node:fs/promises'
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import type { Log } from '@linghang/telemetry'
import { silenceApollo } from '../env.ts'
import { watchSupergraph } from './watch-supergraph.ts'

/** Where a subgraph of the supergraph is reached, and what asks it. */
export type BuildSource = (name: string) => GraphQLDataSource

/**
 * Apollo's gateway over the committed supergraph, whose addresses are placeholders: `buildSource` knows the real ones.
 * Follows the file while it runs. Nothing is reported to Apollo.
 */
export function loadSupergraph(options: {
  file: string
  buildSource: BuildSource
  countReload: (outcome: 'loaded' | 'refused') => void
  log: Log
}): ApolloGateway {
  silenceApollo()
  const logger = {
    debug: (message?: string) => options.log.debug({ component: 'apollo' }, message ?? ''),
    info: (message?: string) => options.log.debug({ component: 'apollo' }, message ?? ''),
    warn: (message?: string) => options.log.warn({ component: 'apollo' }, message ?? ''),
    error: (message?: string) => options.log.error({ component: 'apollo' }, message ?? ''),
  }
  return new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      const supergraphSdl = await readFile(options.file, 'utf8')
      const watched = watchSupergraph({
        file: options.file,
        loaded: supergraphSdl,
        log: options.log,
        countReload: options.countReload,
        swap: sdl => {
          update(sdl)
          options.log.info({}, 'another supergraph is in place')
        },
      })
      return {
        supergraphSdl,
        cleanup: async () => watched.stop(),
      }
    },
    buildService: ({ name }) => options.buildSource(name),
    // Spans say what failed by its code; the text of an error may quote what a caller sent.
    telemetry: { recordExceptions: false },
    __exposeQueryPlanExperimental: false,
    logger,
  })
}
