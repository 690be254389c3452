import { type Dashboard, here } from './dashboard.ts'
import { most, quantiles, rate } from './queries.ts'

export const imports: Dashboard = {
  ...{ uid: 'linghang-imports', title: 'Linghang 领航: imports (导入)' },
  rows: [
    {
      title: 'Rosters (花名册)',
      panels: [
        {
          title: 'Rounds by how they ended (轮次)',
          unit: 'reqps',
          queries: [[rate('linghang_imports_total', 'subject, outcome'), '{{subject}} {{outcome}}']],
        },
        {
          title: 'Rows by what became of them (行)',
          unit: 'reqps',
          queries: [[rate('linghang_import_rows_total', 'subject, fate'), '{{subject}} {{fate}}']],
        },
        { title: 'Time of a round (用时)', unit: 's', queries: quantiles('linghang_import_duration_seconds') },
        {
          title: 'Under way (进行中)',
          unit: 'short',
          queries: [[`sum by (subject) (linghang_imports_open{${here}})`, '{{subject}}']],
        },
        {
          title: 'Stands still for (停滞)',
          unit: 's',
          queries: [[most('linghang_import_silent_seconds', 'subject'), '{{subject}}']],
        },
        {
          title: 'Uploads (上传)',
          unit: 'reqps',
          queries: [
            [
              rate('linghang_subgraph_requests_total', 'job, outcome', 'route="/imports/:id/file"'),
              '{{job}} {{outcome}}',
            ],
          ],
        },
      ],
    },
  ],
}
