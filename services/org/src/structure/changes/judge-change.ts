import { organisationApprovalCitations, temporaryCitation as temporary, upgradesOf } from '@linghang/rulebook'
import type { Organisation } from '../organisations/organisation.ts'
import { type Becomes, type ChangeKind, maySay, wantedOf } from './change.ts'
import { fail } from './errors.ts'

/**
 * Whether a change says what its kind wants and is one: the superior is asked for nothing that could not be done.
 * @throws DomainError CHANGE_SAYS_OTHERWISE, CHANGE_CHANGES_NOTHING, UPGRADE_REFUSED, LAST_DAY_PAST
 */
export function requireChange(kind: ChangeKind, becomes: Becomes, organisation: Organisation, today: string): void {
  const said = (Object.keys(becomes) as (keyof Becomes)[]).filter(
    key => becomes[key] !== null && `${becomes[key]}` !== '',
  )
  const wanted = wantedOf(kind, becomes.toKind)
  const allowed = [...wanted, ...(maySay[kind] ?? [])]
  if (!said.every(key => allowed.includes(key)) || !wanted.every(key => said.includes(key)))
    fail('CHANGE_SAYS_OTHERWISE', { kind, wanted: allowed.join(', ') || '-', found: said.join(', ') || '-' })
  if (becomes.endsOn !== null && becomes.endsOn < today)
    fail('LAST_DAY_PAST', {
      found: becomes.endsOn,
      wanted: today,
      article: temporary.article,
      source: temporary.source,
    })
  if (kind === 'RENAME' && becomes.name === organisation.name)
    fail('CHANGE_CHANGES_NOTHING', { found: organisation.name })
  if (kind === 'MOVE' && becomes.superiorId === organisation.superiorId)
    fail('CHANGE_CHANGES_NOTHING', { found: becomes.superiorId })
  const upgrades = upgradesOf(organisation.kind)
  if (kind === 'UPGRADE' && !upgrades.includes(becomes.toKind ?? '')) {
    const { article, source } = organisationApprovalCitations.ORGANISATION_UPGRADE
    fail('UPGRADE_REFUSED', { found: organisation.kind, wanted: upgrades.join(', ') || '-', article, source })
  }
}
