/** The day of adoption: what lies before it is on paper, and everything below was worked out by hand for it. */
export const adoptionDay = '2026-11-22'

export type Kind = 'APPLICANT' | 'ACTIVIST' | 'CANDIDATE' | 'PROBATIONARY'
export type AdoptedPerson = {
  /** County and line of the roster that these dates are from. */
  from: string
  kind: Kind
  /** Applied, activist, candidate, joined; as far as the person has come. */
  stages: string[]
  /** The version of the regulation that was in force when the step before the open one was done. */
  rules: string
  dates: { rule: string; dueOn: string; nature: 'LATEST' | 'EARLIEST' }[]
  dueOn: string
}

/** The columns between the bars. */
const rules = [
  'APPLICANT_TALK',
  'HALF_YEARLY_REVIEW',
  'THOUGHT_REPORT',
  'ACTIVIST_ONE_YEAR',
  'PROBATION_REVIEW',
  'PROBATION_ENDS',
]

/**
 * People in mid-course, worked out by hand from the numbers of the regulation: the talk within a month; from the day of
 * becoming an activist a review every six months and a report every three (the first that is not before the day of
 * adoption, each counted from that day), candidate after twelve at the earliest; probation a year from the assembly, a
 * review every three months before its end. A month that has no such day ends on its last. The rules of 2026 are in
 * force from 2026-05-18 on. The last column is the nearest date by which something must be done.
 *
 * Chosen for: marks of yesterday (on paper), today and tomorrow; the day before the rules of 2026 and their first day;
 * ends of months; 29 February; talks and probations that are long overdue; activists of more than a year.
 */
const table = `
haishu 11959  APPLICANT    2026 2026-08-21 -          -          -          | 2026-09-21 -          -          -          -          -          | 2026-09-21
haishu 11849  APPLICANT    2026 2026-08-31 -          -          -          | 2026-09-30 -          -          -          -          -          | 2026-09-30
haishu 9983   APPLICANT    2026 2026-10-21 -          -          -          | 2026-11-21 -          -          -          -          -          | 2026-11-21
haishu 11084  APPLICANT    2026 2026-10-22 -          -          -          | 2026-11-22 -          -          -          -          -          | 2026-11-22
haishu 2174   APPLICANT    2026 2026-10-23 -          -          -          | 2026-11-23 -          -          -          -          -          | 2026-11-23
haishu 8003   APPLICANT    2026 2026-10-31 -          -          -          | 2026-11-30 -          -          -          -          -          | 2026-11-30
lucheng 33    APPLICANT    2026 2026-09-22 -          -          -          | 2026-10-22 -          -          -          -          -          | 2026-10-22
lucheng 596   APPLICANT    2026 2026-10-28 -          -          -          | 2026-11-28 -          -          -          -          -          | 2026-11-28
lucheng 960   APPLICANT    2026 2026-10-23 -          -          -          | 2026-11-23 -          -          -          -          -          | 2026-11-23
haishu 672    ACTIVIST     2026 2025-11-21 2026-05-21 -          -          | -          2027-05-21 2027-02-21 2027-05-21 -          -          | 2027-02-21
haishu 23123  ACTIVIST     2026 2025-09-22 2026-05-22 -          -          | -          2026-11-22 2026-11-22 2027-05-22 -          -          | 2026-11-22
haishu 9312   ACTIVIST     2026 2025-11-23 2026-05-23 -          -          | -          2026-11-23 2026-11-23 2027-05-23 -          -          | 2026-11-23
haishu 46651  ACTIVIST     2014 2025-06-22 2025-11-22 -          -          | -          2026-11-22 2026-11-22 2026-11-22 -          -          | 2026-11-22
haishu 4161   ACTIVIST     2014 2025-06-23 2025-11-23 -          -          | -          2026-11-23 2026-11-23 2026-11-23 -          -          | 2026-11-23
haishu 14014  ACTIVIST     2014 2026-01-17 2026-05-17 -          -          | -          2027-05-17 2027-02-17 2027-05-17 -          -          | 2027-02-17
haishu 24076  ACTIVIST     2026 2025-12-18 2026-05-18 -          -          | -          2027-05-18 2027-02-18 2027-05-18 -          -          | 2027-02-18
haishu 14439  ACTIVIST     2026 2026-01-31 2026-08-31 -          -          | -          2027-02-28 2026-11-30 2027-08-31 -          -          | 2026-11-30
haishu 6595   ACTIVIST     2014 2025-06-28 2026-02-28 -          -          | -          2027-02-28 2026-11-28 2027-02-28 -          -          | 2026-11-28
haishu 25548  ACTIVIST     2014 2025-01-31 2025-05-31 -          -          | -          2026-11-30 2026-11-30 2026-05-31 -          -          | 2026-11-30
haishu 8619   ACTIVIST     2014 2024-12-22 2025-03-22 -          -          | -          2027-03-22 2026-12-22 2026-03-22 -          -          | 2026-12-22
lucheng 425   ACTIVIST     2014 2025-04-22 2025-09-22 -          -          | -          2027-03-22 2026-12-22 2026-09-22 -          -          | 2026-12-22
lucheng 166   ACTIVIST     2014 2025-08-21 2026-01-21 -          -          | -          2027-01-21 2027-01-21 2027-01-21 -          -          | 2027-01-21
lucheng 10    ACTIVIST     2026 2026-04-05 2026-08-05 -          -          | -          2027-02-05 2027-02-05 2027-08-05 -          -          | 2027-02-05
lucheng 555   ACTIVIST     2026 2026-08-18 2026-10-18 -          -          | -          2027-04-18 2027-01-18 2027-10-18 -          -          | 2027-01-18
haishu 3436   CANDIDATE    2026 2024-09-30 2025-03-31 2026-05-31 -          | -          2027-03-31 2026-12-31 -          -          -          | 2026-12-31
haishu 17614  CANDIDATE    2026 2024-06-30 2024-08-30 2026-07-30 -          | -          2027-02-28 2026-11-30 -          -          -          | 2026-11-30
haishu 13070  CANDIDATE    2014 2024-07-17 2025-01-17 2026-05-17 -          | -          2027-01-17 2027-01-17 -          -          -          | 2027-01-17
haishu 31967  CANDIDATE    2026 2024-02-18 2024-04-18 2026-05-18 -          | -          2027-04-18 2027-01-18 -          -          -          | 2027-01-18
lucheng 104   CANDIDATE    2026 2024-11-10 2025-03-10 2026-09-10 -          | -          2027-03-10 2026-12-10 -          -          -          | 2026-12-10
lucheng 423   CANDIDATE    2026 2024-07-15 2025-02-15 2026-11-15 -          | -          2027-02-15 2027-02-15 -          -          -          | 2027-02-15
lucheng 774   CANDIDATE    2014 2024-10-07 2024-12-07 2026-05-07 -          | -          2026-12-07 2026-12-07 -          -          -          | 2026-12-07
haishu 11099  PROBATIONARY 2014 2022-12-09 2023-08-09 2025-04-09 2025-11-09 | -          -          -          -          -          2026-11-09 | 2026-11-09
haishu 8988   PROBATIONARY 2014 2023-08-21 2024-01-21 2025-08-21 2025-11-21 | -          -          -          -          -          2026-11-21 | 2026-11-21
haishu 8336   PROBATIONARY 2014 2022-10-22 2023-04-22 2025-04-22 2025-11-22 | -          -          -          -          -          2026-11-22 | 2026-11-22
haishu 6362   PROBATIONARY 2014 2022-09-30 2023-06-30 2025-07-30 2025-11-30 | -          -          -          -          -          2026-11-30 | 2026-11-30
haishu 9964   PROBATIONARY 2026 2024-06-28 2025-02-28 2026-06-30 2026-08-31 | -          -          -          -          2026-11-30 2027-08-31 | 2026-11-30
haishu 27308  PROBATIONARY 2026 2023-10-31 2024-05-31 2026-03-31 2026-10-31 | -          -          -          -          2027-01-31 2027-10-31 | 2027-01-31
haishu 4102   PROBATIONARY 2014 2024-03-17 2024-07-17 2026-03-17 2026-05-17 | -          -          -          -          2027-02-17 2027-05-17 | 2027-02-17
haishu 40048  PROBATIONARY 2026 2024-03-18 2024-09-18 2026-02-18 2026-05-18 | -          -          -          -          2027-02-18 2027-05-18 | 2027-02-18
haishu 34296  PROBATIONARY 2026 2024-02-29 2024-09-30 2026-03-30 2026-06-30 | -          -          -          -          2026-12-30 2027-06-30 | 2026-12-30
haishu 27395  PROBATIONARY 2026 2023-09-29 2024-02-29 2026-01-29 2026-05-29 | -          -          -          -          2026-11-29 2027-05-29 | 2026-11-29
lucheng 31    PROBATIONARY 2014 2023-07-17 2023-09-17 2025-09-17 2025-11-17 | -          -          -          -          -          2026-11-17 | 2026-11-17
lucheng 15    PROBATIONARY 2026 2024-08-10 2024-11-10 2026-02-10 2026-06-10 | -          -          -          -          2026-12-10 2027-06-10 | 2026-12-10
lucheng 707   PROBATIONARY 2026 2023-11-15 2024-03-15 2026-04-15 2026-08-15 | -          -          -          -          2027-02-15 2027-08-15 | 2027-02-15
`

const cellsOf = (text: string): string[] => text.trim().split(/\s+/)

function personOf(line: string): AdoptedPerson {
  const [who = '', due = '', dueOn = ''] = line.split('|')
  const [county, number, kind, version, ...stages] = cellsOf(who)
  return {
    from: `${county} ${number}`,
    kind: kind as Kind,
    rules: version as string,
    stages: stages.filter(day => day !== '-'),
    dates: cellsOf(due).flatMap((on, column) => {
      const rule = rules[column] as string
      return on === '-' ? [] : [{ rule, dueOn: on, nature: rule === 'ACTIVIST_ONE_YEAR' ? 'EARLIEST' : 'LATEST' }]
    }),
    dueOn: dueOn.trim(),
  }
}

export const adoptedPeople: readonly AdoptedPerson[] = table.trim().split('\n').map(personOf)
