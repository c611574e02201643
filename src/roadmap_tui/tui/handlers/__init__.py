"""What actions do that work on every screen: functions of the screen in front."""
