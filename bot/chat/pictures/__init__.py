"""Pictures that the bot draws: figures as a chart, in each language and script."""
