import { fail } from './errors.ts'

const [firstYear, lastYear] = [1921, 2199]

/** The year that was asked for, this one where none was. @throws DomainError BAD_INPUT */
export function yearOf(year: number | null | undefined, today: string): number {
  const wanted = year ?? Number(today.slice(0, 4))
  if (wanted >= firstYear && wanted <= lastYear) return wanted
  return fail('BAD_INPUT', {
    ...{ field: 'year', found: wanted },
    ...{ wanted: `${firstYear} to ${lastYear}`, wantedZh: `${firstYear} 至 ${lastYear}` },
  })
}
