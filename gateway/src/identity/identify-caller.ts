import type { Actor } from '@linghang/access'
import type { Log } from '@linghang/telemetry'
import { refuse } from '../refusals.ts'
import { type AccountGrants, GrantsUnavailable, type KnownGrants } from './grants.ts'
import type { OutsideTokens } from './outside-token.ts'

/** A caller as the subgraphs are told of them. */
export type Caller = { actor: Actor; internalToken: string }

/**
 * Turns the outside token of a request into the internal one.
 * @throws RequestRefused UNAUTHENTICATED, ACCOUNT_UNKNOWN, IDENTITY_PROVIDER_UNAVAILABLE, SUBGRAPH_UNAVAILABLE
 */
export function createIdentify(deps: {
  outsideTokens: Pick<OutsideTokens, 'verify'>
  knownGrants: Pick<KnownGrants, 'of'>
  tokenFor: (actor: Actor) => Promise<string>
  log: Log
}) {
  const grantsOf = async (issuer: string, subject: string): Promise<AccountGrants | null> => {
    try {
      return await deps.knownGrants.of(issuer, subject)
    } catch (error) {
      if (!(error instanceof GrantsUnavailable)) throw error
      deps.log.error({ reason: error.message }, 'the org service does not say who holds which office')
      throw refuse(503, 'SUBGRAPH_UNAVAILABLE', { subgraph: 'org' }, { 'retry-after': '2' })
    }
  }
  return async (authorization: string | undefined): Promise<Caller> => {
    const outsider = await deps.outsideTokens.verify(authorization)
    const account = await grantsOf(outsider.issuer, outsider.subject)
    if (!account) throw refuse(403, 'ACCOUNT_UNKNOWN')
    // Scopes bound what an app may do; what a person may do follows from their offices alone.
    const actor: Actor = { ...account, scopes: account.kind === 'APP' ? outsider.scopes : [] }
    return { actor, internalToken: await deps.tokenFor(actor) }
  }
}
export type Identify = ReturnType<typeof createIdentify>
