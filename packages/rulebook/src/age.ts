import { addYears, type IsoDate } from './calendar.ts'

/** Full years a person must have to apply for membership (Constitution of the Party, art. 1; development rules, art. 5). */
export const ADMISSION_AGE_YEARS = 18

/**
 * The day on which a person completes a number of years: the birthday, or the last day of that month where the month
 * has no such day (29 February; Civil Code, art. 202, on periods counted in years).
 */
export const birthdayAt = (birthDate: IsoDate, years: number): IsoDate => addYears(birthDate, years)

/** Whether a person born on `birthDate` has completed `years` years on `date`; the birthday itself counts. */
export const hasReachedAge = (birthDate: IsoDate, years: number, date: IsoDate): boolean =>
  date >= birthdayAt(birthDate, years)
