import { caseLadders, type Deadline, type Ladder, ladderOf, rungs } from '@linghang/rulebook'

/**
 * The ladder of one date: the county's, where its owner has told one, in the order in which time climbs it, else the
 * platform's.
 */
export const ladderOfDate = (
  { rule, nature }: Pick<Deadline, 'rule' | 'nature'>,
  told: readonly string[] | null | undefined,
): Ladder =>
  ladderOf({ rule, nature }, { [rule]: told ? rungs.filter(rung => told.includes(rung)) : caseLadders[rule] })
