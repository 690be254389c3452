import { type LibraryText, sources, type systemNames } from '../library-text.ts'

type Name = (typeof systemNames)[number]
const { branches, education, dues, development, practice } = sources

/** The systems about meetings; wording is common practice, numbers are the regulation's. */
export const systems: Readonly<Record<Name, LibraryText>> = {
  THREE_MEETINGS_ONE_CLASS: {
    ...{ title: '三会一课制度', article: '第十一条至第十六条', source: branches },
    sections: [
      {
        heading: '会议和次数',
        paragraphs: [
          '支部党员大会一般每季度召开一次；支部委员会会议一般每月召开一次，根据需要可以随时召开；党小组会一般每月召开一次。',
          '党课针对党员思想和工作实际安排，一般每季度一次；党员领导干部定期到所在支部讲课，党委（党组）书记每年至少讲一次。',
        ],
      },
      {
        heading: '召集和到会',
        paragraphs: [
          '支部党员大会、支部委员会由支部书记召集并主持；书记不能参加时，可以委托副书记或者委员。党小组会由党小组组长召集并主持。',
          '党员大会有表决权的党员到会半数以上方可进行表决，赞成人数超过应到会有表决权的党员的半数为通过；支部委员会到会委员半数以上方可进行。',
          '因故不能到会的，会前向召集人请假并说明事由。',
        ],
      },
      {
        heading: '议事和记录',
        paragraphs: [
          '重要事项提交党员大会决定前，一般先经支部委员会讨论。表决前充分讨论，讨论和表决的结果照实记录。',
          '记录以系统内的会议登记为准，不另做纸质台账，不要求照片、截图或定位。',
        ],
      },
    ],
  },
  THEME_DAY: {
    ...{ title: '主题党日制度', article: '第十六条', source: branches },
    sections: [
      {
        heading: '时间和内容',
        paragraphs: [
          '每月相对固定一天开展主题党日，组织党员集中学习、过组织生活、进行民主议事和志愿服务等。',
          '支部委员会在开展前研究当月的主题和方式，开展后落实议定的事项。',
        ],
      },
      {
        heading: '参加',
        paragraphs: [
          '全体党员参加，可以邀请入党积极分子和群众列席。年老体弱的党员不作硬性要求，可以送学上门。',
          '到了县级规定的日期还没有开展的，系统提醒支部一次；确有原因的，填写事由即可。',
        ],
      },
    ],
  },
  CRITICISM_MEETING: {
    ...{ title: '组织生活会制度', article: '第十七条', source: branches },
    sections: [
      {
        heading: '次数和形式',
        paragraphs: [
          '每年至少召开一次，一般安排在第四季度，也可以随时召开；以党员大会、支部委员会会议或者党小组会的形式进行。',
        ],
      },
      {
        heading: '会前、会上、会后',
        paragraphs: [
          '会前确定主题，组织学习，听取意见，相互谈心谈话。',
          '会上查摆问题，开展批评和自我批评，明确整改方向。',
          '会后逐项列出整改措施和完成日期，逐项落实，并向党员说明进展。',
        ],
      },
    ],
  },
  DEMOCRATIC_APPRAISAL: {
    ...{ title: '民主评议党员制度', article: '第十八条', source: branches },
    sections: [
      {
        heading: '次数和步骤',
        paragraphs: [
          '一般每年一次，可以结合组织生活会进行。在党员大会上依次进行个人自评、党员互评、民主测评；党员多的，自评、互评可以在党小组进行。',
          '支部委员会或者党员大会根据评议情况和日常表现，提出每名党员的评定意见。',
        ],
      },
      {
        heading: '等次',
        paragraphs: [
          '等次为优秀、合格、基本合格、不合格；优秀的比例一般不超过三分之一。',
          '预备党员参加评议，不评定等次。评定结果告知本人；对评为不合格的，按规定稳妥处置。',
        ],
      },
    ],
  },
  HEART_TALKS: {
    ...{ title: '谈心谈话制度', article: '第十九条', source: branches },
    sections: [
      {
        heading: '谈话对象和次数',
        paragraphs: [
          '支部委员之间、支部委员和党员之间、党员和党员之间，每年谈心谈话一般不少于一次。',
          '党员家庭发生重大变故、出现重大困难、受到处分处置或者有不良反映的，支部书记及时谈话。',
        ],
      },
      { heading: '保密', paragraphs: ['谈话内容只由参加谈话的人和负责的纪检监察干部查看，不公开、不计分。'] },
    ],
  },
  LEADERS_DOUBLE_LIFE: {
    ...{ title: '党员领导干部双重组织生活制度', article: '第十五条', source: branches },
    sections: [
      {
        heading: '要求',
        paragraphs: [
          '党员领导干部以普通党员身份参加所在党支部或者党小组的组织生活，并参加领导班子的民主生活会。',
          '参加情况由所在支部照实登记，不重复填报。',
        ],
      },
    ],
  },
  EDUCATION: {
    ...{ title: '党员学习教育制度', article: '第二十条、第二十三条', source: education },
    sections: [
      {
        heading: '安排',
        paragraphs: [
          '党支部组织党员参加集中学习培训，每年一般不少于三十二学时；新党员在预备期和转正后一年内各参加一次集中培训。',
          '学习以支部登记的课程和学时为准，不以登录、在线时长、点赞、转发等作为依据。',
        ],
      },
      { heading: '特殊情况', paragraphs: ['对年老体弱、行动不便的党员，送学上门，不作硬性要求。'] },
    ],
  },
  DUES: {
    ...{ title: '党费收缴使用管理制度', article: '第八条、第十二条、第二十条、第二十六条', source: dues },
    sections: [
      {
        heading: '收缴',
        paragraphs: [
          '党员按月交纳党费，预备党员从支部党员大会通过之日起交纳。年初核定每名党员当年的月交纳数额，年内一般不变。',
          '党员应当主动交纳；经支部同意可以按季交纳或者委托他人代交。补交党费的时间一般不超过六个月。',
        ],
      },
      {
        heading: '使用和公布',
        paragraphs: [
          '使用党费由集体讨论决定，不得由少数人或者个人说了算；每笔支出写明依据的会议决议和凭证。',
          '党员大会每年听取一次党费收缴、使用和管理情况的报告，收支情况向党员公布。',
        ],
      },
    ],
  },
  DEVELOPMENT: {
    ...{ title: '发展党员工作制度', article: '第六条至第三十三条', source: development },
    sections: [
      {
        heading: '程序',
        paragraphs: [
          '坚持标准，严格程序：申请入党、入党积极分子的确定和培养、发展对象的确定和考察、预备党员的接收、预备党员的教育考察和转正，一步未完成不进入下一步。',
          '接收预备党员和转正由支部党员大会逐个讨论、无记名投票表决，到会有表决权的党员须超过应到会的半数，赞成人数超过应到会有表决权的党员的半数方为通过。',
        ],
      },
      { heading: '时限', paragraphs: ['各步时限和提醒由系统按规定计算，材料由系统按已有情况填写，不重复填报。'] },
    ],
  },
  REPORTING_AND_OPENNESS: {
    ...{ title: '请示报告与党务公开制度', article: '第九条、第二十七条', source: branches },
    sections: [
      {
        heading: '请示报告',
        paragraphs: [
          '重大事项向上级党组织请示报告；党支部书记每年向上级党组织和党员大会述职，接受评议。',
          '需要批准的事项在系统内报批，批复和办理过程留存，不再报送纸质件。',
        ],
      },
      { heading: '党务公开', paragraphs: ['按规定向党员、群众通报党的工作情况，公开党内有关事务，听取意见。'] },
    ],
  },
  SERVING_THE_MASSES: {
    ...{ title: '党员联系服务群众制度', article: '第九条', source: `${branches}；${practice}` },
    sections: [
      {
        heading: '联系和服务',
        paragraphs: [
          '党支部组织党员联系群众，了解反映群众意见和诉求，帮助解决实际困难。',
          '在职党员到社区报到、参加志愿服务，由组织者照实登记，不要求打卡、拍照。',
        ],
      },
    ],
  },
}
