import {
  composeServices,
  compositionHasErrors,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition'
import { parse, print } from 'graphql'

export type SubgraphSdl = { name: string; sdl: string }

/** The subgraphs do not fit together. The message has a line for each reason. */
export class CompositionFailed extends Error {
  override name = 'CompositionFailed'
}

/** Where a subgraph stands in the committed supergraph; a running gateway puts its real address there. */
export const placeholderUrl = (name: string): string => `http://${name}.internal/graphql`

/**
 * Composes subgraphs into one supergraph; the same subgraphs give the same text in whatever order they come.
 * @param subgraphs each with its SDL (Federation 2)
 * @returns the supergraph's SDL
 * @throws CompositionFailed
 */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  const result = composeServices(
    subgraphs
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ name, sdl }) => ({ name, url: placeholderUrl(name), typeDefs: parseSdl(name, sdl) })),
  )
  if (compositionHasErrors(result)) {
    throw new CompositionFailed(
      [
        'The subgraphs do not compose (子图无法组合):',
        ...result.errors.map(error => `  ${error.extensions?.code ?? 'ERROR'}: ${error.message}`),
      ].join('\n'),
    )
  }
  return `${result.supergraphSdl.trim()}\n`
}

/** The schema as apps see it: what the supergraph says of services and how they are asked is left out. */
export const publicSchemaOf = (supergraph: string): string =>
  `${print(transformSupergraphToPublicSchema(parse(supergraph))).trim()}\n`

function parseSdl(name: string, sdl: string) {
  try {
    return parse(sdl)
  } catch (error) {
    throw new CompositionFailed(`The schema of ${name} cannot be read (子图无法解析): ${(error as Error).message}`)
  }
}
