import type { AsService, Perform, RawTx, Work } from '@linghang/access'
import { publish } from '@linghang/events'
import { addMonths, monthOf } from '@linghang/rulebook'
import { type Form, fieldsOfContract, linesOfForms, spanOfMonth, sumOfLines } from './asked.ts'
import { type AskedMonth, type AskedSum, askedStore } from './asked-store.ts'
import { keepHourly } from './keep-hourly.ts'

/** Who tells org what was handed in there; org counts its own when it is asked. */
type Telling = 'members' | 'dues' | 'assessment' | 'workflows'

const atOnce = 500
const nothing: AskedSum = { times: 0, fields: 0, picked: 0, known: 0 }
const isSame = (a: AskedSum, b: AskedSum): boolean =>
  a.times === b.times && a.fields === b.fields && a.picked === b.picked && a.known === b.known

/**
 * Counts what some organisations of a county have handed in in this month and the one before, whose last hour may still be untold,
 * and tells of those in which it is more than was told last.
 * @returns a part of it: behind which organisation to go on; null: all are counted
 */
export function tellAsked(service: Telling, forms: readonly Form[], schemaFile: URL) {
  const fields = fieldsOfContract(schemaFile)
  const changedIn = async ({ tx }: Work, orgIds: readonly string[], month: string): Promise<AskedMonth[]> => {
    const byOrg = Map.groupBy(await askedStore.times(tx, orgIds, spanOfMonth(month)), ({ orgId }) => orgId)
    const told = new Map((await askedStore.monthsOf(tx, orgIds, month)).map(one => [one.orgId, one]))
    return orgIds.flatMap(orgId => {
      const sum = sumOfLines(linesOfForms(forms, fields, byOrg.get(orgId) ?? []))
      return isSame(sum, told.get(orgId) ?? nothing) ? [] : [{ orgId, month, service, ...sum }]
    })
  }
  return async (work: Work, after: string | null): Promise<string | null> => {
    const { tx, actor, now, today } = work
    const orgIds = await askedStore.next(tx, actor.countyId, after, atOnce)
    const month = monthOf(today)
    const changed = [
      ...(await changedIn(work, orgIds, addMonths(month, -1))),
      ...(await changedIn(work, orgIds, month)),
      // A database that was restored tells again what it had told: the moment is later in any case.
    ].map(one => ({ ...one, version: now.getTime() }))
    await askedStore.keepMonths(tx, actor.countyId, changed)
    await publish(
      work,
      changed.map(({ service: _, ...data }) => {
        const { orgId } = data
        return { type: `${service}.burden.counted.v1` as const, orgId, subject: orgId, data }
      }),
    )
    return orgIds.length < atOnce ? null : (orgIds.at(-1) ?? null)
  }
}

type Ground<Tx extends RawTx> = {
  asService: AsService<Tx>
  perform: Perform<Work<Tx>>
  log: { warn(fields: object, message: string): void }
}

/** Does so by itself, every hour. */
export const keepAsked = <Tx extends RawTx>(
  service: Telling,
  forms: readonly Form[],
  schemaFile: URL,
  { asService, perform, log }: Ground<Tx>,
) =>
  keepHourly<Work<Tx>>({
    ...{ what: 'what organisations have handed in is told', run: tellAsked(service, forms, schemaFile), perform, log },
    counties: () => asService(askedStore.counties),
  })
