/** A class that the framework makes instances of. */
type Injected = new (...parts: never[]) => object;

/** What the application is made of while some command runs. */
export interface CommandGroup {
  readonly commands: readonly Injected[];
  /** Rooms that they need besides the settings and the strategies. */
  readonly modules: readonly Injected[];
}

interface LazyGroup {
  /** Whoever is asked for by one of these words needs this group, and no other. */
  readonly verbs: readonly string[];
  load(): Promise<CommandGroup>;
}

/** Loading all commands takes longer than most of them run: each invocation loads its own group, and the help loads all. */
const GROUPS: readonly LazyGroup[] = [
  {
    verbs: ['backtest'],
    load: async () => {
      const [{ BacktestCommand }, { BacktestModule }] = await Promise.all([import('./backtest.command.js'), import('../backtest/backtest.module.js')]);
      return { commands: [BacktestCommand], modules: [BacktestModule] };
    },
  },
  {
    verbs: ['strategies', 'strategy', 'config'],
    load: async () => {
      const [{ StrategiesCommand }, { StrategyCommand, STRATEGY_COMMANDS }, { ConfigCommand, CONFIG_COMMANDS }] = await Promise.all([import('./strategies.command.js'), import('./strategy/strategy.command.js'), import('./config.command.js')]);
      return { commands: [StrategiesCommand, StrategyCommand, ...STRATEGY_COMMANDS, ConfigCommand, ...CONFIG_COMMANDS], modules: [] };
    },
  },
  {
    verbs: ['data'],
    load: async () => {
      const [{ DataCommand, DATA_COMMANDS }, { DataModule }] = await Promise.all([import('./data/data.command.js'), import('../data/data.module.js')]);
      return { commands: [DataCommand, ...DATA_COMMANDS], modules: [DataModule] };
    },
  },
  {
    verbs: ['results', 'trials'],
    load: async () => {
      const [{ ResultsCommand, RESULTS_COMMANDS }, { TrialsCommand, TRIALS_COMMANDS }, { BacktestModule }, { DataModule }] = await Promise.all([
        import('./results/results.command.js'),
        import('./trials/trials.command.js'),
        import('../backtest/backtest.module.js'),
        import('../data/data.module.js'),
      ]);
      return { commands: [ResultsCommand, ...RESULTS_COMMANDS, TrialsCommand, ...TRIALS_COMMANDS], modules: [BacktestModule, DataModule] };
    },
  },
  {
    verbs: ['optimize', 'walk-forward'],
    load: async () => {
      const [{ OptimizeCommand }, { WalkForwardCommand }, { DataModule }] = await Promise.all([import('./optimize.command.js'), import('./walk-forward.command.js'), import('../data/data.module.js')]);
      return { commands: [OptimizeCommand, WalkForwardCommand], modules: [DataModule] };
    },
  },
  {
    verbs: ['report'],
    load: async () => {
      const [{ ReportCommand }, { BacktestModule }, { DataModule }] = await Promise.all([import('./trading/report.command.js'), import('../backtest/backtest.module.js'), import('../data/data.module.js')]);
      return { commands: [ReportCommand], modules: [BacktestModule, DataModule] };
    },
  },
  {
    verbs: ['verify'],
    load: async () => {
      const [{ VerifyCommand, VERIFY_COMMANDS }, { VerifyModule }] = await Promise.all([import('./verify/verify.command.js'), import('../verify/verify.module.js')]);
      return { commands: [VerifyCommand, ...VERIFY_COMMANDS], modules: [VerifyModule] };
    },
  },
  {
    verbs: ['trades', 'signals', 'orders', 'fills', 'pnl', 'ledger', 'decisions', 'db', 'reconcile', 'halt', 'resume', 'risk', 'run', 'tick', 'status', 'why', 'close-position', 'healthcheck', 'exchange', 'notify'],
    load: async () => {
      const [ledger, desk, operator, trading, exchange, notify, { DataModule }, { ExchangeModule }] = await Promise.all([
        import('./ledger/ledger-commands.js'),
        import('./trading/desk-commands.js'),
        import('./trading/operator-commands.js'),
        import('./trading/trading-commands.js'),
        import('./exchange/exchange.command.js'),
        import('./notify.command.js'),
        import('../data/data.module.js'),
        import('../exchange/exchange.module.js'),
      ]);
      const commands = [...ledger.LEDGER_COMMANDS, ...desk.DESK_COMMANDS, ...operator.OPERATOR_COMMANDS, ...trading.TRADING_COMMANDS, exchange.ExchangeCommand, ...exchange.EXCHANGE_COMMANDS, notify.NotifyCommand, ...notify.NOTIFY_COMMANDS];
      return { commands, modules: [DataModule, ExchangeModule] };
    },
  },
];

/** Every verb that there is. */
export const VERBS: readonly string[] = GROUPS.flatMap(({ verbs }) => verbs);

/**
 * The group of the verb that a command line begins with; all of them where it begins with none, for then somebody wants help or has
 * misspelt it.
 */
export async function groupFor(args: readonly string[]): Promise<CommandGroup> {
  const own = GROUPS.find(({ verbs }) => verbs.includes(args[0]));
  const groups = await Promise.all((own === undefined ? GROUPS : [own]).map(({ load }) => load()));
  return { commands: groups.flatMap(({ commands }) => commands), modules: [...new Set(groups.flatMap(({ modules }) => modules))] };
}
