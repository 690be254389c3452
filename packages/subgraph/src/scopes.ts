import type { ApolloServerPlugin } from '@apollo/server'
import type { Actor } from '@linghang/access'
import { GraphQLError } from 'graphql'
import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})

/** What a request does here: whoever changes something is also answered with what it has become. */
export type Doing = 'READ' | 'WRITE'

/** The scopes that an app's token must carry for it; people need none, their offices decide. */
const scopesFor = (service: string, doing: Doing): string[] =>
  doing === 'READ' ? [`${service}:read`] : [`${service}:write`, `${service}:read`]

/**
 * Stops an app at the door of a service that its token was not made for, whatever office it holds.
 * @throws DomainError SCOPE_MISSING naming the first scope that is missing
 */
export function requireScopes(actor: Actor, service: string, doing: Doing): void {
  if (actor.kind !== 'APP') return
  const wanted = scopesFor(service, doing).find(scope => !actor.scopes.includes(scope))
  if (wanted) fail('SCOPE_MISSING', { wanted })
}

/** The same for GraphQL: before any resolver runs, queries and mutations told apart by the operation asked for. */
export const createScopeGuard = (service: string): ApolloServerPlugin<{ actor: Actor }> => ({
  requestDidStart: async () => ({
    async didResolveOperation({ operation, contextValue }) {
      try {
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
