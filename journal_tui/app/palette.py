"""The command palette's entries: names and searches that the person chose are never markup."""

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits
from textual.content import Content
from textual.system_commands import SystemCommandsProvider


class Palette(CommandPalette):
    """Textual's own stumbles over a page key that comes before the first command does."""

    def _action_command_list(self, action: str) -> None:
        if any(commands.option_count for commands in self.query(CommandList)):
            super()._action_command_list(action)


class Commands(SystemCommandsProvider):
    """Textual's own provider reads the titles and the help of commands as markup."""

    async def discover(self) -> Hits:
        """Every command, by its title."""
        found = self.app.get_system_commands(self.screen)
        for title, help_text, callback, is_shown in sorted(found, key=lambda command: command[0]):
            if is_shown:
                yield DiscoveryHit(
                    Content(title),
                    callback,
                    text=title,
                    help=Content(help_text),  # type: ignore[arg-type]
                )

    async def search(self, query: str) -> Hits:
        """The commands whose titles match what is typed."""
        matcher = self.matcher(query)
        for title, help_text, callback, _ in self.app.get_system_commands(self.screen):
            if (score := matcher.match(title)) > 0:
                yield Hit(
                    score,
                    Content(title) if "[" in title else matcher.highlight(title),
                    callback,
                    text=title,
                    help=Content(help_text),  # type: ignore[arg-type]
                )
