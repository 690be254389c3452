import type { ApolloServerPlugin } from '@apollo/server'
import { type Actor, isOfCity, NotForCity } from '@linghang/access'
import { type DocumentNode, GraphQLError } from 'graphql'
import { costOf } from './cost.ts'
import { defineErrors } from './errors.ts'
import { unseenIn } from './unseen-text.ts'

const { fail } = defineErrors({})

/** What a request does here: whoever changes something is also answered with what it has become. */
export type Doing = 'READ' | 'WRITE'

/** The scopes that an app's token must carry for it; people need none, their offices decide. */
const scopesFor = (service: string, doing: Doing): string[] =>
  doing === 'READ' ? [`${service}:read`] : [`${service}:write`, `${service}:read`]

/**
 * Stops an app at the door of a service that its token was not made for, whatever office it holds; and an office of a city
 * that would change something.
 * @throws DomainError SCOPE_MISSING naming the first scope that is missing; NotForCity
 */
export function requireScopes(actor: Actor, service: string, doing: Doing): void {
  if (isOfCity(actor) && doing === 'WRITE') throw new NotForCity()
  if (actor.kind !== 'APP') return
  const wanted = scopesFor(service, doing).find(scope => !actor.scopes.includes(scope))
  if (wanted) fail('SCOPE_MISSING', { wanted })
}

/**
 * Whoever comes here, the gateway or somebody past it, asks for no more than a service can answer beside its other work.
 * The gateway's own bound is far below it: what one operation asks of all services it asks of one in several steps.
 */
const nodesAtMost = 100_000

/** What cannot be read is not kept, whichever door it came by: the gateway is not the only one who may ask. @throws DomainError BAD_INPUT */
function requireTexts(document: DocumentNode, variables: Record<string, unknown> | undefined): void {
  const unseen = unseenIn(document, variables)
  if (unseen === null) return
  const { field, found } = 'deeperThan' in unseen ? { field: 'variables', found: `> ${unseen.deeperThan}` } : unseen
  fail('BAD_INPUT', { field, found, wanted: 'text that can be seen', wantedZh: '看得见的完整文字' })
}

/** The same for GraphQL: before any resolver runs, queries and mutations told apart by the operation asked for. */
export const createScopeGuard = (service: string): ApolloServerPlugin<{ actor: Actor }> => ({
  requestDidStart: async () => ({
    async didResolveOperation({ schema, document, operation, request, contextValue }) {
      try {
        requireTexts(document, request.variables)
        const found = operation ? costOf(schema, document, operation, request.variables ?? {}) : 0
        if (found > nodesAtMost) fail('TOO_MANY_NODES', { found, limit: nodesAtMost })
        requireScopes(contextValue.actor, service, operation?.operation === 'query' ? 'READ' : 'WRITE')
      } catch (error) {
        // A refusal like any other: not a fault of transport, which the gateway would not pass on with its code.
        throw new GraphQLError((error as Error).message, {
          originalError: error as Error,
          extensions: { http: { status: 200 } },
        })
      }
    },
  }),
})
