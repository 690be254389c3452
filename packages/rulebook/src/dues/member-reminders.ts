import { type IsoDate, monthOf } from '../calendar.ts'
import { workingDaysLeftOn } from '../working-days.ts'

/**
 * What a member finds in their own inbox. No text asks for it: it is a county's to decide, gentle, and switched off where
 * the county wants none.
 */
export type MemberReminders = {
  /** How many working days of a month are left when who has not paid it is reminded, 1 to 10; 0: nobody is. */
  remindBefore: number
  /** Whether what is proposed for somebody in the yearly fixing is put before them to confirm. */
  askToConfirm: boolean
}
export const usualMemberReminders: MemberReminders = { remindBefore: 3, askToConfirm: true }
export const remindBeforeAtMost = 10

/** The month of whose dues members are reminded on a day; null while it is too early in it, or never. */
export const monthToRemindOf = (today: IsoDate, { remindBefore }: MemberReminders): IsoDate | null =>
  remindBefore > 0 && today >= workingDaysLeftOn(today, remindBefore) ? monthOf(today) : null

/** Whether what is decided can be kept. */
export const canRemind = ({ remindBefore }: MemberReminders): boolean =>
  Number.isInteger(remindBefore) && remindBefore >= 0 && remindBefore <= remindBeforeAtMost
