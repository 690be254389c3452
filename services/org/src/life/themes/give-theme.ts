import { recordAudit } from '@linghang/access'
import { addMonths, type RegularKind, regularKinds } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { themeStore } from './store.ts'
import { longestMonths, themeCharacters, themesAtMost } from './theme.ts'

export type GiveTheme = {
  orgId: string
  kind: string | null
  fromDay: string
  untilDay: string
  text: string
  basis: string
}

/** @throws DomainError THEME_KIND_REFUSED */
const kindOf = (kind: string | null): RegularKind | null =>
  kind === null
    ? null
    : (regularKinds.find(one => one === kind) ??
      fail('THEME_KIND_REFUSED', { found: kind, wanted: regularKinds.join(', ') }))

/** @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, THEME_KIND_REFUSED, TOO_MANY_THEMES */
export const giveLifeTheme = useCase('giveLifeTheme', async (work, input: GiveTheme): Promise<string> => {
  const { tx, actor, now, today } = work
  const { orgId, fromDay, untilDay } = input
  await requireKept(work, orgId, `Organisation:${orgId}`)
  const last = addMonths(fromDay, longestMonths)
  if (untilDay < fromDay || untilDay < today || untilDay > last)
    fail('BAD_INPUT', {
      ...{ field: 'until', found: untilDay },
      ...{ wanted: `${fromDay > today ? fromDay : today} to ${last}` },
      wantedZh: `${fromDay > today ? fromDay : today} 至 ${last}`,
    })
  const given = {
    ...{ orgId, kind: kindOf(input.kind), fromDay, untilDay },
    text: requireReason(input.text, 'text', themeCharacters),
    basis: requireReason(input.basis, 'basis'),
  }
  await themeStore.hold(tx, orgId)
  const standing = await themeStore.countStanding(tx, orgId, today)
  if (standing >= themesAtMost) fail('TOO_MANY_THEMES', { found: standing, wanted: themesAtMost })
  const id = work.newId()
  await themeStore.insert(tx, {
    ...{ ...given, id, countyId: actor.countyId, givenBy: actor.accountId, givenAt: now },
    ...{ withdrawnAt: null, withdrawReason: null },
  })
  await recordAudit(work, [{ orgId, action: 'life-theme.given', subjectType: 'LifeTheme', subjectId: id }])
  return id
})
