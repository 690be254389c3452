import { v7 as uuidv7 } from 'uuid'
import { type Actor, isOfCity, type Role } from './actor.ts'
import { NotForCity } from './city.ts'
import type { Doing } from './doing.ts'
import { requireGoingOn } from './going-on.ts'
import { once } from './idempotency.ts'
import { type Supervision, supervision } from './supervision.ts'
import type { RawTx, Transact } from './transact.ts'
import { createTurns } from './turns.ts'

/** The calendar day in Asia/Shanghai (no daylight saving since 1991) at an instant. */
export const shanghaiDay = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/**
 * What a use case works with: one transaction, in which the database itself knows who is asking, and one moment. Whatever
 * is checked, written, audited and published by a use case is so in `tx` and at `now`.
 */
export type Work<Tx extends RawTx = RawTx> = Doing<Tx> & {
  now: Date
  /** The calendar date of the law (Asia/Shanghai) at `now`. */
  today: string
  /** A UUIDv7 for what is new. */
  newId(): string
  supervision: {
    /** Those of `orgIds` that the actor sees through an office there or above. One statement, whatever their number. */
    seen(orgIds: readonly string[]): Promise<Set<string>>
    /** Those of `orgIds` whose register the actor keeps. */
    kept(orgIds: readonly string[]): Promise<Set<string>>
    /** Those of `orgIds` whose books of dues the actor sees: whoever sees the organisation, its accountant and its cashier. */
    seenBooks(orgIds: readonly string[]): Promise<Set<string>>
    /** Those of `orgIds` whose books of dues the actor keeps: whoever keeps the register, the accountant and the cashier. */
    keptBooks(orgIds: readonly string[]): Promise<Set<string>>
    /** Those of `orgIds` at which, or above which, the actor holds this office. */
    heldAs(role: Role, orgIds: readonly string[]): Promise<Set<string>>
  }
}

/** What every process takes its time, its ids and its rule of supervision from; tests may give it others. */
export type Surroundings = { supervision: Supervision; now: () => Date; newId: () => string }
export const surroundings: Surroundings = { supervision, now: () => new Date(), newId: uuidv7 }

export type PerformOptions = {
  timeoutMs?: number
  /**
   * `COUNTY`: the database shows the whole county, while it is still the actor who does it. For what somebody may do to a
   * thing that they need not see; the use case itself then decides what they are told.
   */
  rights?: 'OWN' | 'COUNTY'
  /**
   * Of those who name the same, a few of a county are done at once and the others wait without a connection: for what
   * would wait for one lock.
   */
  turns?: string
  /** For offices of cities too, who are refused everything else: it reads, by statements that the city's role can answer. */
  city?: true
  /** What was begun before its county stood still: it is carried to its end while the county leaves its cell. */
  begunBefore?: boolean
}

/** Runs `run` in one transaction as the actor. */
export type Perform<W> = <T>(actor: Actor, run: (work: W) => Promise<T>, options?: PerformOptions) => Promise<T>

/**
 * @param ownOf what this service's use cases need beside, its keys, its store of papers; made before the transaction
 *   begins, since what needs a connection while one is held can leave nobody any
 * @throws NotForCity where an office of a city asks for what is not said to be for it
 */
export function createPerform<Tx extends RawTx, Own extends object>(
  transact: Transact<Tx>,
  { supervision: rule, now, newId }: Surroundings,
  ownOf: (actor: Actor) => Own | Promise<Own>,
): Perform<Work<Tx> & Own> {
  const inTurn = createTurns()
  const perform: Perform<Work<Tx> & Own> = async (
    actor,
    run,
    { rights = 'OWN', timeoutMs, turns, begunBefore, city } = {},
  ) => {
    if (isOfCity(actor) && !city) throw new NotForCity()
    const asked = { ...(timeoutMs === undefined ? {} : { timeoutMs }), ...(begunBefore ? { begunBefore } : {}) }
    if (turns !== undefined) {
      const alone = { rights, ...asked }
      return inTurn(`${actor.countyId}/${turns}`, () => perform(actor, run, alone))
    }
    const own = await ownOf(actor)
    return transact(
      rights === 'OWN' ? actor : { ...actor, kind: 'SYSTEM', grants: [] },
      tx => {
        const at = now()
        return run({
          ...own,
          tx,
          actor,
          now: at,
          today: shanghaiDay(at),
          newId,
          supervision: {
            seen: orgIds => rule.seen(tx, actor, orgIds),
            kept: orgIds => rule.kept(tx, actor, orgIds),
            seenBooks: orgIds => rule.seenBooks(tx, actor, orgIds),
            keptBooks: orgIds => rule.keptBooks(tx, actor, orgIds),
            heldAs: (role, orgIds) => rule.heldAs(tx, actor, role, orgIds),
          },
        })
      },
      asked,
    )
  }
  return perform
}

/** What somebody can do: its name, under which a repeated request is known again, and how it is done. */
export type UseCase<W, In, Out> = {
  name: string
  run(work: W, input: In): Promise<Out>
  options: PerformOptions
}

/** `useCase` of a service whose use cases work with `W`. A use case may run another in its own transaction by `run`. */
export const useCasesOf =
  <W>() =>
  <In, Out>(
    name: string,
    run: (work: W, input: In) => Promise<Out>,
    options: PerformOptions = {},
  ): UseCase<W, In, Out> => ({
    name,
    run,
    options,
  })

/**
 * Does it once for a key: a repeated request with the same input gets the first result.
 * @param key chosen by the caller; null does it without remembering
 * @throws IdempotencyKeyReused, OrganisationEnded
 */
export const runUseCase = <W extends Doing, In, Out>(
  perform: Perform<W>,
  actor: Actor,
  { name, run, options }: UseCase<W, In, Out>,
  input: In,
  key: string | null,
): Promise<Out> =>
  perform(
    actor,
    work =>
      once(work, { operation: name, key, input }, async () => {
        await requireGoingOn(work.tx, input)
        return run(work, input)
      }),
    options,
  )
