// Over 300 lines: all words of the command line's frame are one dictionary; the words of commands are beside their rooms.
import type { Texts } from './i18n.ts';

/** What the command line itself says: help, sign-in, refusals, progress. */
export const cliText = {
  what: {
    en: 'Tends a fleet of PostgreSQL clusters from the command line.',
    'zh-CN': '在命令行中管理 PostgreSQL 集群。',
  },
  usage: { en: 'Usage:', 'zh-CN': '用法：' },
  arguments: { en: 'Arguments:', 'zh-CN': '参数：' },
  options: { en: 'Options:', 'zh-CN': '选项：' },
  globalOptions: { en: 'Options of every command:', 'zh-CN': '通用选项：' },
  examples: { en: 'Examples:', 'zh-CN': '示例：' },
  exitCodes: { en: 'Exit codes', 'zh-CN': '退出码' },
  helpOnOne: {
    en: 'More on a command: elepherd help <noun> <verb>',
    'zh-CN': '查看某条命令的说明：elepherd help <名词> <动词>',
  },
  seeHelp: { en: 'Help: elepherd help', 'zh-CN': '帮助：elepherd help' },
  wordCommand: { en: 'command', 'zh-CN': '命令' },
  wordOptions: { en: 'options', 'zh-CN': '选项' },
  wordVerb: { en: 'verb', 'zh-CN': '动词' },
  yes: { en: 'yes', 'zh-CN': '是' },
  no: { en: 'no', 'zh-CN': '否' },

  optionJson: {
    en: "Print exactly the API's JSON; errors go to standard error as problem JSON.",
    'zh-CN': '原样输出 API 返回的 JSON；错误以 problem JSON 写到标准错误。',
  },
  optionQuiet: {
    en: 'Print only what a script needs (names, ids, a URL), one a line, and no progress.',
    'zh-CN': '仅输出脚本所需的内容（名称、ID 或 URL），每行一个，不显示进度。',
  },
  optionLang: {
    en: 'Language of what is said; otherwise that of LC_ALL, LC_MESSAGES or LANG.',
    'zh-CN': '输出语言；默认取自 LC_ALL、LC_MESSAGES 或 LANG。',
  },
  optionUrl: {
    en: 'Address of the Elepherd to talk to, as in https://elepherd.example.com.',
    'zh-CN': 'Elepherd 的地址，例如 https://elepherd.example.com。',
  },
  optionOrg: {
    en: 'Organisation to act for, by its name or id.',
    'zh-CN': '操作所属的组织（名称或 ID）。',
  },
  optionHelp: { en: 'Explain the command instead of running it.', 'zh-CN': '显示命令说明，不执行。' },
  optionVersion: { en: 'Print the version.', 'zh-CN': '显示版本。' },
  optionWait: {
    en: 'Show the work until it ends; Ctrl-C stops watching, not the work.',
    'zh-CN': '显示执行过程直到结束；Ctrl-C 只停止观看，不会中断操作。',
  },
  optionWaitTimeout: {
    en: 'As --wait, for at most this many seconds.',
    'zh-CN': '同 --wait，但最多等待指定秒数。',
  },
  optionLimit: { en: 'How many at most, 1 to 200.', 'zh-CN': '最多返回多少条，1 到 200。' },
  optionCursor: {
    en: 'Where to go on, as the page before said.',
    'zh-CN': '从上一页给出的位置继续。',
  },
  optionYes: { en: 'Do not ask to confirm.', 'zh-CN': '不再询问确认。' },

  exitOk: { en: 'done', 'zh-CN': '成功' },
  exitFailed: { en: 'refused or failed', 'zh-CN': '被拒绝或失败' },
  exitUsage: { en: 'the command line is wrong', 'zh-CN': '命令行有误' },
  exitNotSignedIn: { en: 'not signed in, or not allowed', 'zh-CN': '未登录或没有权限' },
  exitNotFound: { en: 'not found', 'zh-CN': '未找到' },
  exitConflict: {
    en: 'in conflict with how things stand, such as a name that is taken',
    'zh-CN': '与现状冲突，例如名称已被占用',
  },
  exitUnreachable: {
    en: 'Elepherd cannot be reached, or is not ready',
    'zh-CN': '无法连接 Elepherd，或服务尚未就绪',
  },
  exitOperationFailed: {
    en: 'the operation that was waited for failed or was cancelled',
    'zh-CN': '所等待的操作失败或被取消',
  },
  exitWaitTimedOut: {
    en: 'the time of --wait-timeout is up; the operation goes on',
    'zh-CN': '--wait-timeout 已到时；操作仍在继续',
  },
  exitInterrupted: { en: 'stopped by Ctrl-C', 'zh-CN': '被 Ctrl-C 中止' },

  unknownCommand: (typed: string, meant: string) => ({
    en: `There is no command "${typed}".${meant ? ` Did you mean "${meant}"?` : ' "elepherd help" lists all.'}`,
    'zh-CN': `没有“${typed}”这条命令。${meant ? `您是否想用“${meant}”？` : '“elepherd help” 可列出全部命令。'}`,
  }),
  unknownVerb: (noun: string, typed: string, known: string, isNear: boolean) => ({
    en: `"${noun}" has no verb "${typed}".${isNear ? ` Did you mean "${known}"?` : ` It has: ${known}.`}`,
    'zh-CN': `“${noun}” 没有动词“${typed}”。${isNear ? `您是否想用“${known}”？` : `可用的有：${known}。`}`,
  }),
  unknownOption: (typed: string, command: string, meant: string) => ({
    en: `"${command}" has no option ${typed}.${meant ? ` Did you mean ${meant}?` : ` See: elepherd help ${command}`}`,
    'zh-CN': `“${command}” 没有选项 ${typed}。${meant ? `您是否想用 ${meant}？` : `请查看：elepherd help ${command}`}`,
  }),
  optionNeedsValue: (typed: string) => ({
    en: `${typed} needs a value. One that begins with a dash is written as ${typed}=<value>.`,
    'zh-CN': `${typed} 需要一个值。以短横线开头的值请写成 ${typed}=<值>。`,
  }),
  optionTakesNoValue: (typed: string) => ({
    en: `${typed} takes no value: give it or leave it out.`,
    'zh-CN': `${typed} 不接受值：写上或不写即可。`,
  }),
  optionChoices: (typed: string, choices: string) => ({
    en: `${typed} takes one of: ${choices}.`,
    'zh-CN': `${typed} 的取值只能是：${choices}。`,
  }),
  optionNumber: (typed: string, given: string) => ({
    en: `${typed} takes a number that fits, and "${given}" is none.`,
    'zh-CN': `${typed} 需要一个合适的数字，“${given}”不是。`,
  }),
  argumentMissing: (name: string, call: string) => ({
    en: `<${name}> is missing: elepherd ${call}`,
    'zh-CN': `缺少 <${name}>：elepherd ${call}`,
  }),
  argumentTooMuch: (typed: string, call: string) => ({
    en: `"${typed}" is one word too many: elepherd ${call}`,
    'zh-CN': `多出了“${typed}”：elepherd ${call}`,
  }),

  needsYes: {
    en: 'This needs to be confirmed, and there is nobody to ask: add --yes if you mean it. Nothing was changed.',
    'zh-CN': '该命令需要确认，而当前无法询问：确定要执行请加 --yes。没有任何改动。',
  },
  typeName: (name: string) => ({
    en: `Type "${name}" to go on:`,
    'zh-CN': `请输入“${name}”以继续：`,
  }),
  notConfirmed: { en: 'Not confirmed. Nothing was changed.', 'zh-CN': '未确认，没有任何改动。' },
  tooMuchPiped: {
    en: 'What was piped in is too long for this. Nothing was changed.',
    'zh-CN': '管道输入的内容过长，没有任何改动。',
  },

  notSignedIn: (token: string) => ({
    en: `You are not signed in. On the machine that runs Elepherd, run this as the user who may read ${token} (with ELEPHERD_HOME set when it is elsewhere); from another machine: elepherd login --url https://…`,
    'zh-CN': `您尚未登录。在运行 Elepherd 的机器上，请用可读取 ${token} 的用户执行（若目录不同，请设置 ELEPHERD_HOME）；在其他机器上请执行：elepherd login --url https://…`,
  }),
  noKeyForThere: (url: string, machine: string) => ({
    en: `You have no key for ${url}; the key of this machine is for ${machine} only. Sign in there with: elepherd login --url ${url}`,
    'zh-CN': `没有用于 ${url} 的密钥；本机的密钥仅用于 ${machine}。请登录：elepherd login --url ${url}`,
  }),
  tokenNotReadable: (token: string) => ({
    en: `You are not signed in: ${token} is there, and only the user who runs Elepherd may read it. Run this as that user (with sudo), or make an API key on the pages and use: elepherd login --url …`,
    'zh-CN': `您尚未登录：${token} 存在，但只有运行 Elepherd 的用户可以读取。请以该用户执行（如 sudo），或在页面上创建 API 密钥后执行：elepherd login --url …`,
  }),
  howToSignIn: {
    en: 'Sign in again with "elepherd login --url …", or see which key is used with "elepherd whoami".',
    'zh-CN': '请用 “elepherd login --url …” 重新登录，或用 “elepherd whoami” 查看当前使用的密钥。',
  },
  loginFileOpen: (file: string) => ({
    en: `${file} holds an API key and can be read by other users. Run "chmod 600 ${file}", and make a new key if others may have seen it.`,
    'zh-CN': `${file} 中保存着 API 密钥，但其他用户也能读取。请执行 “chmod 600 ${file}”；若可能已泄露，请更换密钥。`,
  }),
  loginFileDamaged: (file: string) => ({
    en: `${file} is damaged. Remove it with "elepherd logout" and log in again.`,
    'zh-CN': `${file} 已损坏。请用 “elepherd logout” 删除后重新登录。`,
  }),
  loginFileNotWritable: (file: string, why: string) => ({
    en: `${file} could not be written (${why}). You are not logged in; ELEPHERD_URL and ELEPHERD_API_KEY in the environment work without it.`,
    'zh-CN': `无法写入 ${file}（${why}），未能登录；也可改用环境变量 ELEPHERD_URL 和 ELEPHERD_API_KEY。`,
  }),
  notAnAddress: (given: string) => ({
    en: `"${given}" is not an address such as https://elepherd.example.com.`,
    'zh-CN': `“${given}” 不是有效地址，应形如 https://elepherd.example.com。`,
  }),
  noSuchOrganisation: (name: string, known: string) => ({
    en: `You belong to no single organisation named "${name}". Yours are: ${known}.`,
    'zh-CN': `您不属于唯一名为“${name}”的组织。您所在的组织：${known}。`,
  }),
  noSuchName: (name: string) => ({
    en: `There is nothing named "${name}".`,
    'zh-CN': `没有名为“${name}”的对象。`,
  }),

  unreachable: (url: string, why: string) => ({
    en: `Elepherd at ${url} cannot be reached (${why}). Is it running (npm start), and is the address right (--url or ELEPHERD_URL)?`,
    'zh-CN': `无法连接 ${url} 上的 Elepherd（${why}）。请确认它正在运行（npm start），且地址正确（--url 或 ELEPHERD_URL）。`,
  }),
  movedAway: (url: string, to: string) => ({
    en: `${url} sends callers on to ${to}. The key was not sent there: use that address with --url or ELEPHERD_URL if it is yours.`,
    'zh-CN': `${url} 将请求重定向到 ${to}。密钥未发送到该地址：若确认无误，请用 --url 或 ELEPHERD_URL 指定该地址。`,
  }),
  notElepherd: (url: string, status: string) => ({
    en: `What answers at ${url} does not speak as Elepherd does${status ? ` (HTTP ${status})` : ''}. Check the address, and any proxy before it.`,
    'zh-CN': `${url} 的应答不像 Elepherd${status ? `（HTTP ${status}）` : ''}。请检查地址以及前置代理。`,
  }),
  otherForm: (url: string, where: string) => ({
    en: `Elepherd at ${url} answers in a form this command line does not know${where ? ` (at ${where})` : ''}. What you asked for was done; use the command line of the server's version, or --json.`,
    'zh-CN': `${url} 上的 Elepherd 返回了本命令行不认识的格式${where ? `（位于 ${where}）` : ''}。您的请求已执行；请使用与服务器版本一致的命令行，或加 --json。`,
  }),
  bug: (message: string) => ({
    en: `The command line itself failed: ${message}. That is a mistake of ours; look whether your change was made before you repeat it.`,
    'zh-CN': `命令行自身出错：${message}。这是我们的缺陷；重试前请先确认更改是否已生效。`,
  }),
  more: (cursor: string) => ({
    en: `There are more: --cursor ${cursor}`,
    'zh-CN': `还有更多：--cursor ${cursor}`,
  }),

  stepDone: { en: 'done', 'zh-CN': '完成' },
  stepRunning: { en: 'begun', 'zh-CN': '开始' },
  stepFailed: { en: 'failed', 'zh-CN': '失败' },
  stepTodo: { en: 'to come', 'zh-CN': '待执行' },
  stepSkipped: { en: 'skipped', 'zh-CN': '已跳过' },
  levelWarning: { en: 'warning', 'zh-CN': '警告' },
  levelError: { en: 'error', 'zh-CN': '错误' },
  seconds: (seconds: string) => ({ en: `${seconds} s`, 'zh-CN': `${seconds} 秒` }),
  minutes: (minutes: string, seconds: string) => ({
    en: `${minutes} min ${seconds} s`,
    'zh-CN': `${minutes} 分 ${seconds} 秒`,
  }),
  hours: (hours: string, minutes: string) => ({
    en: `${hours} h ${minutes} min`,
    'zh-CN': `${hours} 小时 ${minutes} 分`,
  }),
  howToWatch: (id: string) => ({
    en: `Watch it: elepherd operation watch ${id}`,
    'zh-CN': `查看进度：elepherd operation watch ${id}`,
  }),
  connectionLost: {
    en: 'The connection to Elepherd is lost; the work goes on there. Trying again …',
    'zh-CN': '与 Elepherd 的连接中断，操作仍在服务端继续。正在重连……',
  },
  lostForGood: (url: string, look: string) => ({
    en: `Elepherd at ${url} has not answered for several minutes. The work goes on there once it is back; look again with: ${look}`,
    'zh-CN': `${url} 上的 Elepherd 已数分钟没有应答。恢复后操作会继续；可再次查看：${look}`,
  }),
  stoppedWatching: (look: string) => ({
    en: `Stopped watching; the work goes on. Look again with: ${look}`,
    'zh-CN': `已停止观看，操作仍在继续。再次查看：${look}`,
  }),
  waitTimedOut: (seconds: string, look: string) => ({
    en: `Not done after ${seconds} s; the work goes on. Look again with: ${look}`,
    'zh-CN': `等待 ${seconds} 秒后仍未完成，操作仍在继续。再次查看：${look}`,
  }),
  operationFailed: (title: string, reason: string, id: string) => ({
    en: `${title}: failed. ${reason}\nAfter putting it right: elepherd operation retry ${id} --wait`,
    'zh-CN': `${title}：失败。${reason}\n处理后可重试：elepherd operation retry ${id} --wait`,
  }),
  operationCancelled: (title: string, reason: string, id: string) => ({
    en: `${title}: cancelled. ${reason}\nIts log: elepherd operation log ${id}`,
    'zh-CN': `${title}：已取消。${reason}\n查看日志：elepherd operation log ${id}`,
  }),

  guideTitle: { en: 'The command line', 'zh-CN': '命令行' },
  guideMade: {
    en: 'This page is made from the table of commands; a test keeps it true.',
    'zh-CN': '本页由命令表自动生成，并由测试保证与程序一致。',
  },
  guideStart: {
    en: '`elepherd` has the nouns and verbs of the pages and the API. In a clone it is called as `npx elepherd`.',
    'zh-CN': '`elepherd` 的名词和动词与页面、API 一致。在克隆的项目目录中用 `npx elepherd` 调用。',
  },
  guideSignIn: { en: 'Signing in', 'zh-CN': '登录' },
  guideSignInText: {
    en: [
      'The first of these that is there counts:',
      '',
      '1. `ELEPHERD_API_KEY` in the environment, with `ELEPHERD_URL`.',
      '2. `elepherd login --url https://elepherd.example.com`, which asks for an API key or reads it from standard input, and keeps it in `~/.config/elepherd/cli.json`, readable by you alone. A key is never an argument: other users could see it in the list of processes.',
      '3. On the machine that runs Elepherd, the file `admin-token` in its home (`ELEPHERD_HOME`), for the user who may read it.',
      '',
      'A key is only sent to the address it belongs to. `--org` or `ELEPHERD_ORG` chooses among several organisations. An authority of your own for HTTPS is named by `NODE_EXTRA_CA_CERTS`.',
    ].join('\n'),
    'zh-CN': [
      '按以下顺序，取第一个可用的方式：',
      '',
      '1. 环境变量 `ELEPHERD_API_KEY`，配合 `ELEPHERD_URL`。',
      '2. `elepherd login --url https://elepherd.example.com`：提示输入 API 密钥或从标准输入读取，保存在仅本人可读的 `~/.config/elepherd/cli.json`。密钥不能写在命令行参数里，否则其他用户可从进程列表看到。',
      '3. 在运行 Elepherd 的机器上，其主目录（`ELEPHERD_HOME`）中的 `admin-token` 文件，供有权读取的用户使用。',
      '',
      '密钥只会发送到它所属的地址。属于多个组织时，用 `--org` 或 `ELEPHERD_ORG` 选择。HTTPS 使用自有 CA 时，用 `NODE_EXTRA_CA_CERTS` 指定证书。',
    ].join('\n'),
  },
  guideOutput: { en: 'Output', 'zh-CN': '输出' },
  guideOutputText: {
    en: 'Results go to standard output; progress, remarks and errors go to standard error. Colour is used on a terminal only, and never when `NO_COLOR` is set. With `--json --wait` the result is what the work made, or the operation as it ended.',
    'zh-CN':
      '结果写到标准输出；进度、提示和错误写到标准错误。仅在终端上使用颜色，设置 `NO_COLOR` 后不使用。同时使用 `--json --wait` 时，输出操作产生的对象，或操作结束时的状态。',
  },
  guideWaiting: { en: 'Waiting', 'zh-CN': '等待' },
  guideWaitingText: {
    en: 'Commands that start long work return at once with the id of an operation. With `--wait` they show its steps and log until it ends, over lost connections and restarts of the server. Ctrl-C stops watching only; `elepherd operation watch <id>` looks again. Anything sent twice because an answer was lost counts once: writes carry an idempotency key.',
    'zh-CN':
      '启动耗时操作的命令会立即返回操作 ID。加 `--wait` 则持续显示步骤和日志直到结束，断线或服务器重启后自动续接。Ctrl-C 只停止观看；可用 `elepherd operation watch <id>` 再次查看。写请求带有幂等键，因应答丢失而重发的请求只生效一次。',
  },
  guideCompletion: { en: 'Completion in the shell', 'zh-CN': '命令补全' },
  guideCode: { en: 'code', 'zh-CN': '代码' },
  guideMeaning: { en: 'meaning', 'zh-CN': '含义' },
  guideArgument: { en: 'argument', 'zh-CN': '参数' },
  guideOption: { en: 'option', 'zh-CN': '选项' },
} satisfies Texts;
