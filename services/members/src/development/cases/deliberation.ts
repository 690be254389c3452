import type { ApprovalKind } from '@linghang/rulebook'

/** What a meeting of a superior that only deliberates resolved on somebody's admission. */
export type Deliberation = { orgId: string; kind: string; heldOn: string; carried: boolean }

/**
 * Whether an admission may be handed in: where a general branch, or a base committee without the power to approve, stands
 * between the branch and who decides, it has deliberated after the assembly and agreed (细则, art. 23 of 2014). Pure.
 * @param between those superiors, the nearest first
 * @param held null where no meeting was named or none of that id resolved on the person
 * @returns what is in the way, in words; null where nothing is
 */
export function deliberationFault(
  kind: ApprovalKind,
  between: readonly string[],
  held: Deliberation | null,
  days: { assemblyOn: string | null; requestedOn: string },
): { zh: string; en: string } | null {
  if (kind !== 'ADMISSION' || between.length === 0) return null
  if (!held) return { zh: '没有审议会议', en: 'no meeting that deliberated' }
  if (held.kind !== 'COMMITTEE' || !between.includes(held.orgId))
    return { zh: '其他党组织的会议', en: 'a meeting of another organisation' }
  if (held.heldOn < (days.assemblyOn ?? '') || held.heldOn > days.requestedOn)
    return { zh: `会议日期 ${held.heldOn}`, en: `a meeting of ${held.heldOn}` }
  return held.carried ? null : { zh: '审议未通过', en: 'a resolution that was not carried' }
}
