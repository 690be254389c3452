import { publish } from '@linghang/events'
import { type DuesStatementKind, duesStatementKinds, periodOver, statementDeadline } from '@linghang/rulebook'
import { settingsOn } from '../../billing/settings/settings.ts'
import { settingsStore } from '../../billing/settings/store.ts'
import type { Work } from '../../work.ts'
import type { StatementDue } from './statement-due.ts'
import { statementDueStore } from './store.ts'

/**
 * Lets what is to be told of the quarter and the year that were over last follow the county's days and what was done; again
 * without effect. A constant number of statements for a county.
 * @returns how many have changed
 */
export async function followStatements(work: Work): Promise<number> {
  const { tx, actor, today } = work
  const decided = await settingsStore.decided(tx, actor.countyId)
  const deadlineOf = (kind: DuesStatementKind, before: string) =>
    statementDeadline(kind, before, settingsOn(decided, before))
  const changed: StatementDue[] = []
  for (const kind of duesStatementKinds) {
    const { from, before } = periodOver(kind, today)
    const { dueOn } = deadlineOf(kind, before)
    changed.push(...(await statementDueStore.open(work, kind, { from, before, dueOn })))
    changed.push(...(await statementDueStore.move(work, kind, before, dueOn)))
  }
  changed.push(...(await statementDueStore.done(work)))
  // Opened and done at once is told as it is in the end.
  const newest = new Map(changed.map(due => [due.id, due]))
  await publish(
    work,
    [...newest.values()].map(({ id, orgId, kind, periodFrom: from, periodBefore: before, dueOn, doneOn, version }) => {
      const { article, source, certainty } = deadlineOf(kind, before)
      return {
        ...{ type: 'dues.statement.scheduled.v1' as const, orgId, subject: id },
        data: {
          ...{ id, orgId, kind, from, before, dueOn, article, source, certainty },
          ...{ open: doneOn === null, version: Number(version) },
        },
      }
    }),
  )
  return newest.size
}
