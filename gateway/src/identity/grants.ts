import { type Actor, noCounty, roles, systemActor } from '@linghang/access'
import { LRUCache } from 'lru-cache'
import { type Dispatcher, request } from 'undici'
import { z } from 'zod'

/** What the org service knows about an account; null for an account that nobody has made known. */
export type AccountGrants = Omit<Actor, 'scopes'>
export type ReadGrants = (issuer: string, subject: string) => Promise<AccountGrants | null>

/** The org service did not answer, or not as agreed: nobody can be let in on a guess. */
export class GrantsUnavailable extends Error {
  override name = 'GrantsUnavailable'
}

const accountGrants = z.object({
  accountId: z.uuid(),
  kind: z.enum(['PERSON', 'APP']),
  countyId: z.uuid(),
  memberId: z.uuid().nullable(),
  memberOrgId: z.uuid().nullable(),
  cityId: z.uuid().optional(),
  grants: z.array(z.object({ role: z.enum(roles), orgId: z.uuid().nullable() })).max(1_000),
})

/** The gateway asking in its own name: it belongs to no county. */
export const gatewayItself = systemActor(noCounty)

/**
 * Asks the org service who an account of the identity provider is here and which offices it holds today.
 * @throws GrantsUnavailable
 */
export function createGrantsReader(options: {
  orgUrl: string
  dispatcher: Dispatcher
  tokenFor: (actor: Actor) => Promise<string>
  timeoutMs: number
}): ReadGrants {
  return async (issuer, subject) => {
    try {
      const answer = await request(`${options.orgUrl}/internal/grants`, {
        dispatcher: options.dispatcher,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await options.tokenFor(gatewayItself)}`,
        },
        body: JSON.stringify({ issuer, subject }),
        headersTimeout: options.timeoutMs,
        bodyTimeout: options.timeoutMs,
      })
      const body: unknown = await answer.body.json()
      if (answer.statusCode === 200) return accountGrants.parse(body)
      // Any other 404 is a wrong address, which says nothing about the account.
      if (answer.statusCode === 404 && (body as { code?: string })?.code === 'ACCOUNT_UNKNOWN') return null
      throw new GrantsUnavailable(`answered ${answer.statusCode}`)
    } catch (error) {
      if (error instanceof GrantsUnavailable) throw error
      throw new GrantsUnavailable(
        error instanceof z.ZodError ? 'the answer has another shape' : (error as Error).message,
      )
    }
  }
}

type Entry = { grants: AccountGrants | null; untilMs: number }

/**
 * Remembers grants for some seconds, so that a page of requests asks once; equal questions that are under way share
 * one answer. `forget` takes effect at once: what was asked before it is neither kept nor shared after it.
 */
export function createKnownGrants(options: {
  read: ReadGrants
  nowMs: () => number
  keepMs?: number
  maximum?: number
}) {
  const keepMs = options.keepMs ?? 5_000
  const maximum = options.maximum ?? 10_000
  const kept = new LRUCache<string, Entry>({ max: maximum })
  const underWay = new Map<string, Promise<AccountGrants | null>>()
  let era = 0

  const ask = (key: string, issuer: string, subject: string): Promise<AccountGrants | null> => {
    const askedIn = era
    const asked = options.read(issuer, subject).then(found => {
      if (askedIn === era) {
        kept.set(key, { grants: found, untilMs: options.nowMs() + keepMs })
      }
      return found
    })
    underWay.set(key, asked)
    const done = () => {
      if (underWay.get(key) === asked) underWay.delete(key)
    }
    asked.then(done, done)
    return asked
  }

  return {
    /** @throws GrantsUnavailable */
    of(issuer: string, subject: string): Promise<AccountGrants | null> {
      const key = `${issuer}\n${subject}`
      const entry = kept.get(key)
      if (entry && entry.untilMs > options.nowMs()) return Promise.resolve(entry.grants)
      kept.delete(key)
      return underWay.get(key) ?? ask(key, issuer, subject)
    },
    /** What is known of this account no longer holds, nor that some account is unknown: it may have become this one. */
    forget(accountId: string): void {
      era += 1
      underWay.clear()
      for (const [key, entry] of kept) {
        if (entry.grants === null || entry.grants.accountId === accountId) kept.delete(key)
      }
    },
  }
}
export type KnownGrants = ReturnType<typeof createKnownGrants>
